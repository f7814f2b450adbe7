using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>Everything known about a clip: a fold of its journal. Immutable.</summary>
public sealed record ClipState
{
    public static readonly ClipState Empty = new();

    public ClipPhase Phase { get; init; }

    public string Recipe { get; init; } = "";

    public string OptionsJson { get; init; } = "";

    public string InputHash { get; init; } = "";

    /// <summary>In recipe order: every stage after its inputs.</summary>
    public ImmutableArray<StageSpec> Specs { get; init; } = [];

    public ImmutableDictionary<StageName, StageState> Stages { get; init; } = ImmutableDictionary<StageName, StageState>.Empty;

    public ImmutableDictionary<TaskId, TaskState> Tasks { get; init; } = ImmutableDictionary<TaskId, TaskState>.Empty;

    /// <summary>Set while the clip is failed.</summary>
    public ClipEvent.Failed? Failure { get; init; }

    public bool AllStagesComplete => Specs.All(s => Stages[s.Name].IsComplete);

    /// <summary>Every input of the stage is complete.</summary>
    public bool InputsComplete(StageName stage) => Stages[stage].Spec.After.All(a => Stages[a].IsComplete);

    /// <summary>Stages that could be planned now.</summary>
    public IEnumerable<StageName> Plannable => Phase == ClipPhase.Running
        ? Specs.Select(s => s.Name).Where(s => Stages[s].TaskCount is null && InputsComplete(s))
        : [];

    /// <summary>Tasks that could be claimed now, in the order of stages and index.</summary>
    public IEnumerable<TaskId> Ready => Phase == ClipPhase.Running
        ? Specs.Select(s => Stages[s.Name]).Where(s => !s.IsComplete).SelectMany(s => s.TaskIds)
            .Where(id => Tasks[id].Phase == TaskPhase.Waiting && ChainAllows(id))
        : [];

    public IEnumerable<(TaskId Id, TaskState Task)> Running => Tasks.Where(t => t.Value.Phase == TaskPhase.Running)
        .OrderBy(t => t.Key.ToString(), StringComparer.Ordinal).Select(t => (t.Key, t.Value));

    /// <summary>The link before this one is accepted, or the task is no link of a chain.</summary>
    public bool ChainAllows(TaskId id) => !Tasks[id].Plan.AfterPrevious || id.TaskIndex == 0
        || Tasks[id with { TaskIndex = id.TaskIndex - 1 }].Phase == TaskPhase.Done;

    /// <summary>Accepted manifests of a stage, by task index.</summary>
    public IEnumerable<ArtifactManifest> Accepted(ClipId clip, StageName stage) => Stages[stage].TaskIds
        .Where(id => Tasks[id].Files is not null)
        .Select(id => new ArtifactManifest(clip, id, Tasks[id].Epoch, Tasks[id].Files!));

    /// <summary>Accepted manifests of all stages.</summary>
    public IEnumerable<ArtifactManifest> Accepted(ClipId clip) => Specs.SelectMany(s => Accepted(clip, s.Name));

    /// <summary>What a task may read: everything that was complete before its stage began, and the links before it.</summary>
    public IEnumerable<ArtifactManifest> InputsOf(ClipId clip, TaskId task)
    {
        var before = Ancestors(task.Stage);
        return Specs.Where(s => before.Contains(s.Name)).SelectMany(s => Accepted(clip, s.Name))
            .Concat(Tasks[task].Plan.AfterPrevious ? Accepted(clip, task.Stage).Where(m => m.Task.TaskIndex < task.TaskIndex) : []);
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
