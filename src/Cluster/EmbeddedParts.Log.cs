using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster;

internal sealed partial class EmbeddedParts
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Clip} cannot be resumed: {Reason}")]
    private static partial void LogDamaged(ILogger logger, ClipId clip, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "ended {Count} programs that an interrupted run had left running")]
    private static partial void LogLeftovers(ILogger logger, int count);
}
