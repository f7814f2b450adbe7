using System.Text.Json.Serialization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>
/// What happened to a clip, as the journal keeps it. Every attempt of a task has one <see cref="Claimed"/> and at most one of
/// <see cref="TaskCompleted"/>, <see cref="TaskFailed"/> and <see cref="Released"/>. Fields are only ever added.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Submitted), "clip-submitted")]
[JsonDerivedType(typeof(StagePlanned), "stage-planned")]
[JsonDerivedType(typeof(Claimed), "task-claimed")]
[JsonDerivedType(typeof(Renewed), "task-renewed")]
[JsonDerivedType(typeof(Released), "task-released")]
[JsonDerivedType(typeof(TaskCompleted), "task-completed")]
[JsonDerivedType(typeof(TaskFailed), "task-failed")]
[JsonDerivedType(typeof(Completed), "clip-completed")]
[JsonDerivedType(typeof(Failed), "clip-failed")]
[JsonDerivedType(typeof(Cancelled), "clip-cancelled")]
[JsonDerivedType(typeof(Resumed), "clip-resumed")]
[JsonDerivedType(typeof(Held), "part-held")]
[JsonDerivedType(typeof(Unheld), "part-unheld")]
[JsonDerivedType(typeof(Prioritised), "clip-prioritised")]
[JsonDerivedType(typeof(Retried), "part-retried")]
[JsonDerivedType(typeof(Eaten), "part-eaten")]
public abstract record ClipEvent
{
    private ClipEvent(DateTimeOffset at) => At = at;

    /// <summary>The coordinator's clock, UTC. For people and timings; no decision of a replay depends on it.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>False for what may be lost with the process, such as the renewal of a lease.</summary>
    [JsonIgnore]
    public virtual bool IsJournaled => true;

    public sealed record Submitted(
        DateTimeOffset At, string Recipe, IReadOnlyList<StageSpec> Stages, string OptionsJson, string InputHash,
        string Project = "", int Priority = 0, int Weight = 1, string? Key = null, string By = "") : ClipEvent(At);

    public sealed record StagePlanned(DateTimeOffset At, StageName Stage, IReadOnlyList<TaskPlan> Tasks) : ClipEvent(At);

    public sealed record Claimed(DateTimeOffset At, TaskId Task, long Epoch, string Worker, DateTimeOffset LeaseUntil) : ClipEvent(At);

    public sealed record Renewed(DateTimeOffset At, TaskId Task, long Epoch, DateTimeOffset LeaseUntil) : ClipEvent(At)
    {
        public override bool IsJournaled => false;
    }

    /// <summary>An attempt ended without a result and without blame: stopped, superseded, or its worker is gone.</summary>
    public sealed record Released(DateTimeOffset At, TaskId Task, long Epoch, string Reason) : ClipEvent(At);

    public sealed record TaskCompleted(DateTimeOffset At, TaskId Task, long Epoch, IReadOnlyList<ArtifactFile> Files) : ClipEvent(At);

    /// <param name="At">When.</param>
    /// <param name="Task">Which.</param>
    /// <param name="Epoch">Its attempt.</param>
    /// <param name="Kind">How it failed.</param>
    /// <param name="Text">What, where, and what to do.</param>
    /// <param name="LogTail">Last lines of its log.</param>
    /// <param name="WillRetry">It is tried again.</param>
    /// <param name="Worker">Who ran it; empty where an earlier version wrote the event.</param>
    /// <param name="Rung">Step of the memory ladder that the next attempt takes.</param>
    /// <param name="AboveMemory">The next attempt needs a node with more memory than this; 0 for any.</param>
    /// <param name="Consequence">What follows and why, in words.</param>
    /// <param name="PauseUntil">Until when workers that failed the task do not get it again; null for at once.</param>
    public sealed record TaskFailed(
        DateTimeOffset At, TaskId Task, long Epoch, [property: JsonConverter(typeof(JsonStringEnumConverter<FailureKind>))] FailureKind Kind,
        string Text, string LogTail, bool WillRetry, string Worker = "", int Rung = 0, long AboveMemory = 0, string Consequence = "",
        DateTimeOffset? PauseUntil = null)
        : ClipEvent(At);

    public sealed record Completed(DateTimeOffset At) : ClipEvent(At);

    /// <param name="At">When.</param>
    /// <param name="Stage">The stage that failed.</param>
    /// <param name="Task">Its task, or null when the stage could not be planned.</param>
    /// <param name="Kind">Decides the exit code.</param>
    /// <param name="Text">What, where, and the next command.</param>
    /// <param name="Attempts">Every failed attempt of the task with its log tail, oldest first; null where there is but one.</param>
    public sealed record Failed(
        DateTimeOffset At, StageName Stage, TaskId? Task, [property: JsonConverter(typeof(JsonStringEnumConverter<FailureKind>))] FailureKind Kind,
        string Text, IReadOnlyList<TaskFailure>? Attempts = null) : ClipEvent(At);

    public sealed record Cancelled(DateTimeOffset At, string Reason, string By = "") : ClipEvent(At);

    public sealed record Resumed(DateTimeOffset At, string Reason, string By = "") : ClipEvent(At);

    /// <summary>A part was paused, or a stage or task was cancelled.</summary>
    public sealed record Held(
        DateTimeOffset At, ClipPart Part, [property: JsonConverter(typeof(JsonStringEnumConverter<Hold>))] Hold Hold, string By, string Reason)
        : ClipEvent(At);

    public sealed record Unheld(DateTimeOffset At, ClipPart Part, string By, string Reason) : ClipEvent(At);

    public sealed record Prioritised(DateTimeOffset At, int Priority, int Weight, string By, string Reason) : ClipEvent(At);

    public sealed record Retried(DateTimeOffset At, ClipPart Part, string By, string Reason) : ClipEvent(At);

    public sealed record Eaten(DateTimeOffset At, ClipPart Part, string By, string Reason) : ClipEvent(At);
}
