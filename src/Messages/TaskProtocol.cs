namespace Depth3D.Messages;

/// <summary>
/// How a task reaches a worker and its result the clip. Guarantee: at least once, in any order; every message may be lost, doubled or
/// late. A result counts once, because only <see cref="Done"/> with the current epoch is accepted and the same <see cref="Done"/> again
/// gets the same answer.
/// </summary>
public static class TaskProtocol
{
    /// <summary>Coordinator to a node's queue: a hint that this task can be claimed.</summary>
    /// <param name="Clip">The clip.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Pool">Whose slot it will take; null from a coordinator that does not say.</param>
    /// <param name="More">Further hints for the same node, which have no more of their own; null for none.</param>
    public sealed record Run(ClipId Clip, TaskId Task, WorkerPool? Pool = null, IReadOnlyList<Run>? More = null);

    /// <summary>Worker to coordinator: asks for the task. Answered by <see cref="ClaimAnswer"/>.</summary>
    /// <param name="Clip">The clip.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Worker">Who asks; also the worker's own queue.</param>
    public sealed record Claim(ClipId Clip, TaskId Task, string Worker);

    public sealed record ClaimAnswer(Grant? Grant, Refusal? Refusal);

    /// <summary>All a worker needs to run the task.</summary>
    /// <param name="Epoch">Fencing number of this attempt.</param>
    /// <param name="LeaseSeconds">How long the grant lasts without <see cref="Renew"/>, from when it was asked for.</param>
    /// <param name="Recipe">The clip's recipe.</param>
    /// <param name="Plan">The task as its stage planned it.</param>
    /// <param name="OptionsJson">The clip's options.</param>
    /// <param name="Inputs">Accepted manifests the task may read.</param>
    /// <param name="Rung">Step of the memory ladder: 0 is the normal configuration, each further one needs less memory.</param>
    /// <param name="Elsewhere">Stages whose manifests are too many for this message and are asked for; null when <paramref name="Inputs"/> is all.</param>
    public sealed record Grant(
        long Epoch, double LeaseSeconds, string Recipe, TaskPlan Plan, string OptionsJson, IReadOnlyList<ArtifactManifest> Inputs, int Rung = 0,
        IReadOnlyList<InputProtocol.StageInputs>? Elsewhere = null);

    /// <summary>Worker to coordinator: still at it. A refusal means the attempt was superseded: stop at once.</summary>
    public sealed record Renew(ClipId Clip, TaskId Task, long Epoch);

    /// <summary>Worker to coordinator: the files are published. A refusal means that they do not count.</summary>
    /// <param name="Clip">The clip.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Epoch">Its attempt.</param>
    /// <param name="Files">What it published.</param>
    /// <param name="Next">Tasks of the same clip to be claimed with the same message; null for none.</param>
    /// <param name="SecondsAgo">How long its slot has been free for other work.</param>
    /// <param name="More">Further results of the same clip, which have no <see cref="Next"/> or more of their own; null for none.</param>
    public sealed record Done(
        ClipId Clip, TaskId Task, long Epoch, IReadOnlyList<ArtifactFile> Files, NextClaims? Next = null, double SecondsAgo = 0, IReadOnlyList<Done>? More = null);

    /// <summary>What a worker claims along with a result. Each is decided as a <see cref="Claim"/> of its own would be, after the result.</summary>
    /// <param name="Worker">Who asks.</param>
    /// <param name="Tasks">Tasks of the result's clip.</param>
    public sealed record NextClaims(string Worker, IReadOnlyList<TaskId> Tasks);

    /// <summary>Worker to coordinator: the attempt failed.</summary>
    /// <param name="Clip">The clip.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Epoch">Its attempt.</param>
    /// <param name="Kind">Decides whether and how it is tried again.</param>
    /// <param name="Text">What, where, and what to do.</param>
    /// <param name="LogTail">Last lines of its log.</param>
    /// <param name="MemoryBytes">With <see cref="FailureKind.OutOfMemory"/>: memory of the device or machine that did not suffice.</param>
    /// <param name="IsSmallest">With <see cref="FailureKind.OutOfMemory"/>: every smaller configuration was tried as well, so only more memory helps.</param>
    public sealed record Failed(
        ClipId Clip, TaskId Task, long Epoch, FailureKind Kind, string Text, string LogTail, long MemoryBytes = 0,
        bool IsSmallest = false);

    /// <summary>Worker to coordinator: gives the task back without blame, because the worker stops.</summary>
    public sealed record Released(ClipId Clip, TaskId Task, long Epoch, string Reason);

    /// <summary>Answer to everything but a claim. No refusal: accepted, and journaled where it must be.</summary>
    /// <param name="Refusal">Why it does not count.</param>
    /// <param name="Next">Answers to <see cref="Done.Next"/> in its order; null where nothing was asked or the coordinator does not know it.</param>
    /// <param name="More">Answers to <see cref="Done.More"/> in its order; null likewise.</param>
    public sealed record Answer(Refusal? Refusal, IReadOnlyList<ClaimAnswer>? Next = null, IReadOnlyList<Answer>? More = null);

    /// <summary>Worker to whoever looks: how far an attempt is. May be lost.</summary>
    public sealed record Progress(ClipId Clip, TaskId Task, long Epoch, double Fraction, string? Message);
}
