using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers.Children;

internal sealed partial class ChildExecutor
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "process {Process} computes for slot {Slot}")]
    private static partial void LogStarted(ILogger logger, int process, string slot);

    [LoggerMessage(Level = LogLevel.Debug, Message = "process {Process} of slot {Slot} is ended: {Reason}")]
    private static partial void LogRetired(ILogger logger, int process, string slot, string reason);

    [LoggerMessage(Message = "{Line}")]
    private static partial void LogLine(ILogger logger, LogLevel level, string line);
}
