using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>Everything known about a clip: a fold of its journal. Immutable.</summary>
public sealed record ClipState
{
    public static readonly ClipState Empty = new();

    public ClipPhase Phase { get; init; }

    public string Recipe => Origin.Recipe;

    public string OptionsJson => Origin.OptionsJson;

    public string InputHash => Origin.InputHash;

    /// <summary>Whose share it takes; empty for none.</summary>
    public string Project => Origin.Project;

    /// <summary>Higher goes first, always.</summary>
    public int Priority { get; init; }

    /// <summary>Share among clips of its project.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>The submission's own key; null for none.</summary>
    public string? Key => Origin.Key;

    /// <summary>Who submitted it.</summary>
    public string By => Origin.By;

    public DateTimeOffset? SubmittedAt => Origin.SubmittedAt;

    /// <summary>The clip as a whole is paused: nothing of it is offered.</summary>
    public bool IsPaused { get; init; }

    /// <summary>In recipe order: every stage after its inputs.</summary>
    public ImmutableArray<StageSpec> Specs => Origin.Specs;

    public StageTable Stages { get; init; } = StageTable.Empty;

    public TaskTable Tasks { get; init; } = TaskTable.Empty;

    /// <summary>Set while the clip is failed.</summary>
    public ClipEvent.Failed? Failure { get; init; }

    internal ClipOrigin Origin { get; init; } = ClipOrigin.None;

    internal TaskSets Sets { get; init; } = TaskSets.Empty;

    /// <summary>Unplanned stages whose inputs are complete, in recipe order.</summary>
    internal ImmutableArray<StageName> Unplanned { get; init; } = [];

    public bool AllStagesComplete => Specs.All(s => Stages[s.Name].IsComplete);

    /// <summary>The clip runs and is not paused as a whole.</summary>
    public bool IsMoving => Phase == ClipPhase.Running && !IsPaused;

    /// <summary>A stage of it was planned: it had its turn.</summary>
    public bool HasBegun => Specs.Any(s => Stages[s.Name].TaskCount is not null);

    /// <summary>Every input of the stage is complete.</summary>
    public bool InputsComplete(StageName stage) => Stages[stage].Spec.After.All(a => Stages[a].IsComplete);

    /// <summary>Stages that could be planned now.</summary>
    public IEnumerable<StageName> Plannable => IsMoving ? Unplanned.Where(s => Stages[s].Hold == Hold.None) : [];

    /// <summary>Tasks of a pool that could be claimed now, in the order of stages and index. Costs nothing to ask.</summary>
    public TaskIdSet Open(WorkerPool pool) => IsMoving ? Sets.Open(pool) : TaskSets.Empty.Open(pool);

    /// <summary>The task could be claimed now.</summary>
    public bool IsOpen(TaskId id) => IsMoving && Sets.Contains(TaskKind.Open, id, null);

    /// <summary>Tasks that could be claimed now, in the order of stages and index.</summary>
    public IEnumerable<TaskId> Ready => IsMoving ? Sets.All(TaskKind.Open, pool: null) : [];

    /// <summary>Tasks with a running attempt, in the order of stages and index.</summary>
    public TaskIdSet RunningIds => Sets.Running;

    /// <summary>Tasks that failed for good, in the order of stages and index.</summary>
    public TaskIdSet FailedIds => Sets.Failed;

    public IEnumerable<(TaskId Id, TaskState Task)> Running => Sets.Running.Select(id => (id, Tasks[id]));

    /// <summary>The clip, the stage or the task itself is held back by an operator.</summary>
    public bool IsHeld(TaskId id) => IsPaused || Stages[id.Stage].Hold != Hold.None || Tasks[id].Hold != Hold.None;

    /// <summary>The link before this one is settled, or the task is no link of a chain.</summary>
    public bool ChainAllows(TaskId id) => Tasks.ChainAllows(id, Tasks[id]);

    /// <summary>Accepted manifests of a stage, by task index.</summary>
    public IEnumerable<ArtifactManifest> Accepted(ClipId clip, StageName stage) =>
        ManifestsOf(clip, Stages[stage].TaskIds.Where(id => Tasks[id].Phase == TaskPhase.Done));

    /// <summary>Accepted manifests of all stages.</summary>
    public IEnumerable<ArtifactManifest> Accepted(ClipId clip) => Specs.SelectMany(s => Accepted(clip, s.Name));

    internal IEnumerable<ArtifactManifest> ManifestsOf(ClipId clip, IEnumerable<TaskId> accepted) =>
        accepted.Select(id => new ArtifactManifest(clip, id, Tasks[id].Epoch, Tasks[id].Files!));

    /// <summary>The accepted links of the task's own chain before it, first one first. A task that waits for no other starts a chain.</summary>
    public IEnumerable<TaskId> LinksBefore(TaskId task)
    {
        var first = task.TaskIndex;
        while (first > 0 && Tasks[task with { TaskIndex = first }].Plan.AfterPrevious) first--;
        return Enumerable.Range(first, task.TaskIndex - first).Select(index => task with { TaskIndex = index })
            .Where(id => Tasks[id].Phase == TaskPhase.Done);
    }

    /// <summary>All stages that are complete before this one starts.</summary>
    public IReadOnlySet<StageName> Ancestors(StageName stage)
    {
        var found = new HashSet<StageName>();
        var left = new Stack<StageName>(Stages[stage].Spec.After);
        while (left.TryPop(out var next))
        {
            if (found.Add(next)) Stages[next].Spec.After.ToList().ForEach(left.Push);
        }

        return found;
    }
}
