using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Observability;

/// <summary>One JSON object per log line on standard output, with the fields of <see cref="LogScopes"/>; what log collectors read.</summary>
public static class JsonLogs
{
    public static ILoggingBuilder AddJsonLogs(this ILoggingBuilder logging) => logging.AddJsonConsole(console =>
    {
        console.IncludeScopes = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        console.JsonWriterOptions = new JsonWriterOptions { Indented = false };
    });
}
