using Microsoft.Extensions.Logging;

namespace Depth3D.Seed.Tokens;

internal sealed partial class TokenSource
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "no token file: only health and metrics answer")]
    private static partial void LogNone(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "operators' tokens read again from {Path}")]
    private static partial void LogRead(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "operators' tokens not taken over, the earlier ones stay in force: {Why}")]
    private static partial void LogRefused(ILogger log, string why);
}
