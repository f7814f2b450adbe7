using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Coordination;

public sealed partial class Driver
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "driving clips failed; trying again at the next tick")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Clip}: nobody claimed {Task} yet; asking again")]
    private static partial void LogResend(ILogger logger, ClipId clip, TaskId task);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Clip}: took back {Count} tasks whose leases ran out")]
    private static partial void LogExpired(ILogger logger, ClipId clip, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Node} would be cordoned, but a pool has no other node: {Reason}")]
    private static partial void LogLastNode(ILogger logger, NodeId node, string reason);
}
