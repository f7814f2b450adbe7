using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

internal sealed partial class TaskRunner
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Clip} {Task}: claim refused: {Refusal}")]
    private static partial void LogClaimRefused(ILogger logger, ClipId clip, TaskId task, Refusal? refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Clip} {Task}: the coordinator does not answer: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, ClipId clip, TaskId task, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Clip} {Task}: the result of attempt {Epoch} does not count: {Refusal}")]
    private static partial void LogFenced(ILogger logger, ClipId clip, TaskId task, long epoch, Refusal? refusal);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Clip} {Task}: the attempt ended without a report; its lease will run out")]
    private static partial void LogLost(ILogger logger, Exception error, ClipId clip, TaskId task);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Node} takes no work: {Reason}")]
    private static partial void LogPaused(ILogger logger, NodeId node, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Node} works again")]
    private static partial void LogResumed(ILogger logger, NodeId node);
}
