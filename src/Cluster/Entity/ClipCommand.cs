using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>What a clip can be asked to do. The coordinator stamps <see cref="Now"/>; the entity itself has no clock.</summary>
public abstract record ClipCommand
{
    private ClipCommand(DateTimeOffset now) => Now = now;

    public DateTimeOffset Now { get; init; }

    /// <param name="Now">The coordinator's time.</param>
    /// <param name="Recipe">Name of the stage graph.</param>
    /// <param name="Stages">The graph, every stage after its inputs.</param>
    /// <param name="OptionsJson">The clip's options.</param>
    /// <param name="InputHash">Hash over everything outside the store that it reads.</param>
    /// <param name="Project">Whose share it takes; empty for none.</param>
    /// <param name="Priority">Higher goes first, always.</param>
    /// <param name="Weight">Share among clips of its project.</param>
    /// <param name="Key">The submission's own key: the same key again is the same submission. Null for none.</param>
    /// <param name="By">Who submits.</param>
    public sealed record Submit(
        DateTimeOffset Now, string Recipe, IReadOnlyList<StageSpec> Stages, string OptionsJson, string InputHash,
        string Project = "", int Priority = 0, int Weight = 1, string? Key = null, string By = "") : ClipCommand(Now);

    public sealed record PlanStage(DateTimeOffset Now, StageName Stage, IReadOnlyList<TaskPlan> Tasks) : ClipCommand(Now);

    public sealed record FailPlanning(DateTimeOffset Now, StageName Stage, FailureKind Kind, string Text) : ClipCommand(Now);

    /// <param name="Now">The coordinator's time.</param>
    /// <param name="Task">The task asked for.</param>
    /// <param name="Worker">Who asks.</param>
    /// <param name="Lease">How long the grant lasts without renewal.</param>
    /// <param name="KeepsOwn">
    /// What the worker has already it keeps. Otherwise asking again takes that back and grants anew, because the answer to the first claim got lost.
    /// </param>
    public sealed record Claim(DateTimeOffset Now, TaskId Task, string Worker, TimeSpan Lease, bool KeepsOwn = false) : ClipCommand(Now);

    public sealed record Renew(DateTimeOffset Now, TaskId Task, long Epoch, TimeSpan Lease) : ClipCommand(Now);

    public sealed record Complete(DateTimeOffset Now, TaskId Task, long Epoch, IReadOnlyList<ArtifactFile> Files) : ClipCommand(Now);

    /// <param name="Now">The coordinator's time.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Epoch">Its attempt.</param>
    /// <param name="Kind">Decides whether and how it is tried again.</param>
    /// <param name="Text">What, where, and what to do.</param>
    /// <param name="LogTail">Last lines of its log.</param>
    /// <param name="Policy">Limits of trying again.</param>
    /// <param name="MemoryBytes">With <see cref="FailureKind.OutOfMemory"/>: the memory that did not suffice; 0 for unknown.</param>
    /// <param name="IsSmallest">With it: the attempt has tried every smaller configuration itself.</param>
    public sealed record Fail(
        DateTimeOffset Now, TaskId Task, long Epoch, FailureKind Kind, string Text, string LogTail, FailurePolicy Policy,
        long MemoryBytes = 0, bool IsSmallest = false) : ClipCommand(Now);

    /// <summary>Gives a claim back without blame.</summary>
    public sealed record Release(DateTimeOffset Now, TaskId Task, long Epoch, string Reason) : ClipCommand(Now);

    /// <summary>Takes back every claim whose lease is over.</summary>
    public sealed record ExpireLeases(DateTimeOffset Now) : ClipCommand(Now);

    /// <summary>Takes back every claim, whoever holds it: the store's lock shows that all its workers are gone.</summary>
    public sealed record ReleaseAll(DateTimeOffset Now, string Reason) : ClipCommand(Now);

    /// <summary>
    /// Stops a clip; what was accepted stays. Of a stage or task: stops its attempts and holds it back until it is unpaused or retried,
    /// while the rest of the clip goes on.
    /// </summary>
    public sealed record Cancel(DateTimeOffset Now, ClipPart Part, Actor Actor) : ClipCommand(Now);

    /// <summary>Goes on with a failed or cancelled clip: failed tasks are tried again, accepted ones stay.</summary>
    public sealed record Resume(DateTimeOffset Now, Actor Actor) : ClipCommand(Now);

    /// <summary>Offers nothing new of this part. Running attempts go on to their end, which for a chain is the next chunk boundary.</summary>
    public sealed record Pause(DateTimeOffset Now, ClipPart Part, Actor Actor) : ClipCommand(Now);

    /// <summary>Takes a pause, or the cancelling of a stage or task, back: of exactly this part, not of what lies in it.</summary>
    public sealed record Unpause(DateTimeOffset Now, ClipPart Part, Actor Actor) : ClipCommand(Now);

    /// <param name="Now">The coordinator's time.</param>
    /// <param name="Priority">The new priority; null leaves it.</param>
    /// <param name="Weight">The new weight; null leaves it.</param>
    /// <param name="Actor">Who and why.</param>
    public sealed record Prioritise(DateTimeOffset Now, int? Priority, int? Weight, Actor Actor) : ClipCommand(Now);

    /// <summary>
    /// Forgives the failures in this part and lets its failed and cancelled tasks be tried again. A task that was eaten is tried again
    /// only when it is named itself and nothing later has used that it was eaten.
    /// </summary>
    public sealed record Retry(DateTimeOffset Now, ClipPart Part, Actor Actor) : ClipCommand(Now);

    /// <summary>Treats every unsettled task of this part as done, without a result, so that what comes after can move on.</summary>
    public sealed record Eat(DateTimeOffset Now, ClipPart Part, Actor Actor) : ClipCommand(Now);
}
