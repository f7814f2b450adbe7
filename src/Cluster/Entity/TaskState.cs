using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>One task of a clip.</summary>
/// <param name="Epoch">Fencing number of the last attempt; 0 before the first.</param>
/// <param name="Worker">Who runs it, or ran it last.</param>
/// <param name="LeaseUntil">Until when a running attempt may be silent.</param>
/// <param name="Files">What the accepted attempt published; empty when eaten, null before.</param>
public sealed record TaskState(TaskPlan Plan, TaskPhase Phase, long Epoch, string? Worker, DateTimeOffset LeaseUntil, IReadOnlyList<ArtifactFile>? Files)
{
    /// <summary>Held back by an operator.</summary>
    public Hold Hold { get; init; }

    /// <summary>Step of the memory ladder that the next attempt takes; 0 is the normal configuration.</summary>
    public int Rung { get; init; }

    /// <summary>Only a node with more memory than this qualifies; 0 for any. Of the GPU where the task needs one, else of the machine.</summary>
    public long AboveMemory { get; init; }

    /// <summary>Failed attempts since the task was planned or forgiven, oldest first. Their workers should not get it again if others can.</summary>
    public ImmutableArray<TaskFailure> Failures { get; init; } = [];

    public int FailedAttempts => Failures.Length;

    /// <summary>Nothing is left to do: accepted, or eaten.</summary>
    public bool IsSettled => Phase is TaskPhase.Done or TaskPhase.Eaten;

    public static TaskState Planned(TaskPlan plan) => new(plan, TaskPhase.Waiting, 0, null, DateTimeOffset.MinValue, null);
}
