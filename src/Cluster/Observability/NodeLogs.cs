using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Observability;

/// <summary>How a process of the cluster logs: lines for a person at a terminal, JSON for a collector.</summary>
public static class NodeLogs
{
    public static ILoggerFactory Create() => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning); // no line per request
        if (Console.IsOutputRedirected) logging.AddJsonLogs();
        else logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
    });
}
