using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

internal sealed partial class TaskRunner
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Clip} {Task}: claim refused: {Refusal}")]
    private static partial void LogClaimRefused(ILogger logger, ClipId clip, TaskId task, Refusal? refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Clip} {Task}: the coordinator does not answer: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, ClipId clip, TaskId task, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Clip} {Task}: attempt {Epoch} starts: {Label}")]
    private static partial void LogStart(ILogger logger, ClipId clip, TaskId task, long epoch, string label);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Clip} {Task}: attempt {Epoch} stops: {Reason}")]
    private static partial void LogStopped(ILogger logger, ClipId clip, TaskId task, long epoch, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Clip} {Task}: the result of attempt {Epoch} does not count: {Refusal}")]
    private static partial void LogFenced(ILogger logger, ClipId clip, TaskId task, long epoch, Refusal? refusal);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Clip} {Task}: attempt {Epoch} failed ({Kind}): {Text}")]
    private static partial void LogFailed(ILogger logger, ClipId clip, TaskId task, long epoch, FailureKind kind, string text);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Clip} {Task}: a stage does not heed its cancelled token; it is left behind")]
    private static partial void LogLeftBehind(ILogger logger, ClipId clip, TaskId task);
}
