using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.TestHost;

/// <summary>Log lines with their time in one file, to see what a host did.</summary>
public sealed class FileLogs(string path) : ILoggerFactory
{
    private readonly Lock _gate = new();

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    public void Dispose()
    {
    }

    private void Write(string line)
    {
        lock (_gate) File.AppendAllText(path, $"{DateTime.UtcNow:HH:mm:ss.fff} {line}\n");
    }

    private sealed class Lines(FileLogs owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => !category.StartsWith("MassTransit", StringComparison.Ordinal) || logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) owner.Write($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
