using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>Passes an attempt's log on, to its file where it has one, and keeps its last lines, which a failure report carries. Secrets go nowhere.</summary>
internal sealed class TailLog(ILogger inner, SecretMask mask, AttemptLog? file = null) : ILogger
{
    private const int Lines = 40;

    private readonly Queue<string> _tail = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information || inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var line = mask.Apply(formatter(state, exception));
        lock (_tail)
        {
            _tail.Enqueue(line);
            if (_tail.Count > Lines) _tail.Dequeue();
        }

        file?.Write(logLevel, line);
        if (inner.IsEnabled(logLevel)) inner.Log(logLevel, eventId, line, exception, static (text, _) => text);
    }

    public string Tail(string detail)
    {
        lock (_tail) return string.Join('\n', detail.Length > 0 ? _tail.Append(mask.Apply(detail)) : _tail);
    }
}
