using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>What a clip can be asked to do. The coordinator stamps <see cref="Now"/>; the entity itself has no clock.</summary>
public abstract record ClipCommand
{
    private ClipCommand(DateTimeOffset now) => Now = now;

    public DateTimeOffset Now { get; init; }

    public sealed record Submit(
        DateTimeOffset Now, string Recipe, IReadOnlyList<StageSpec> Stages, string OptionsJson, string InputHash) : ClipCommand(Now);

    public sealed record PlanStage(DateTimeOffset Now, StageName Stage, IReadOnlyList<TaskPlan> Tasks) : ClipCommand(Now);

    public sealed record FailPlanning(DateTimeOffset Now, StageName Stage, FailureKind Kind, string Text) : ClipCommand(Now);

    /// <param name="Now">The coordinator's time.</param>
    /// <param name="Task">The task asked for.</param>
    /// <param name="Worker">Who asks.</param>
    /// <param name="Redelivered">The bus delivered the task before, so whoever had it lost it.</param>
    /// <param name="Lease">How long the grant lasts without renewal.</param>
    public sealed record Claim(DateTimeOffset Now, TaskId Task, string Worker, bool Redelivered, TimeSpan Lease) : ClipCommand(Now);

    public sealed record Renew(DateTimeOffset Now, TaskId Task, long Epoch, TimeSpan Lease) : ClipCommand(Now);

    public sealed record Complete(DateTimeOffset Now, TaskId Task, long Epoch, IReadOnlyList<ArtifactFile> Files) : ClipCommand(Now);

    public sealed record Fail(
        DateTimeOffset Now, TaskId Task, long Epoch, FailureKind Kind, string Text, string LogTail, int MaxAttempts) : ClipCommand(Now);

    /// <summary>Gives a claim back without blame.</summary>
    public sealed record Release(DateTimeOffset Now, TaskId Task, long Epoch, string Reason) : ClipCommand(Now);

    /// <summary>Takes back every claim whose lease is over.</summary>
    public sealed record ExpireLeases(DateTimeOffset Now) : ClipCommand(Now);

    /// <summary>Takes back every claim, whoever holds it: the store's lock shows that all its workers are gone.</summary>
    public sealed record ReleaseAll(DateTimeOffset Now, string Reason) : ClipCommand(Now);

    public sealed record Cancel(DateTimeOffset Now, string Reason) : ClipCommand(Now);

    public sealed record Resume(DateTimeOffset Now, string Reason) : ClipCommand(Now);
}
