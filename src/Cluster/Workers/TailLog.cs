using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>Passes a stage's log on and keeps its last lines, which a failure report carries.</summary>
internal sealed class TailLog(ILogger inner) : ILogger
{
    private const int Lines = 40;

    private readonly Queue<string> _tail = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information || inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        lock (_tail)
        {
            _tail.Enqueue(formatter(state, exception));
            if (_tail.Count > Lines) _tail.Dequeue();
        }

        if (inner.IsEnabled(logLevel)) inner.Log(logLevel, eventId, state, exception, formatter);
    }

    public string Tail(string detail)
    {
        lock (_tail) return string.Join('\n', detail.Length > 0 ? _tail.Append(detail) : _tail);
    }
}
