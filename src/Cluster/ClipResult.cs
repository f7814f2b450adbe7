using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>How a clip ended.</summary>
/// <param name="Phase">Completed, Failed or Cancelled.</param>
/// <param name="Failure">Set when failed: stage, task, kind and text.</param>
/// <param name="LogTail">Last lines of the failed task's log; empty otherwise.</param>
/// <param name="Timings">Every attempt in the order of starting, also of earlier runs of the command.</param>
public sealed record ClipResult(
    ClipId Clip, ClipPhase Phase, ClipEvent.Failed? Failure, string LogTail, IReadOnlyList<TaskTiming> Timings)
{
    public bool IsCompleted => Phase == ClipPhase.Completed;

    public ExitCode ExitCode => Phase switch
    {
        ClipPhase.Completed => ExitCode.Success,
        ClipPhase.Cancelled => ExitCode.Cancelled,
        _ => new Depth3DException("", kind: Failure?.Kind ?? FailureKind.Transient).ExitCode,
    };
}
