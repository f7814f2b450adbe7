using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>One task of a clip.</summary>
/// <param name="Epoch">Fencing number of the last attempt; 0 before the first.</param>
/// <param name="FailedAttempts">Attempts that failed since the clip was submitted or resumed.</param>
/// <param name="Worker">Who runs it, or ran it last.</param>
/// <param name="LeaseUntil">Until when a running attempt may be silent.</param>
/// <param name="Files">What the accepted attempt published; null before.</param>
public sealed record TaskState(
    TaskPlan Plan, TaskPhase Phase, long Epoch, int FailedAttempts, string? Worker, DateTimeOffset LeaseUntil, IReadOnlyList<ArtifactFile>? Files)
{
    public static TaskState Planned(TaskPlan plan) => new(plan, TaskPhase.Waiting, 0, 0, null, DateTimeOffset.MinValue, null);
}
