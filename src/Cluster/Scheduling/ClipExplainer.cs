using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>Says why a clip or one of its tasks does not run: first what its own state says, then what the scheduler says.</summary>
internal sealed class ClipExplainer(Scheduler scheduler, Admission admission, IReadOnlyList<KnownNode> nodes)
{
    private readonly PlacementExplainer _placement = new(scheduler, nodes);

    public IReadOnlyList<WaitReason> Explain(ClipId clip, ClipState state, TaskId? task)
    {
        if (Stopped(clip, state) is { } stopped) return [stopped];
        if (Waits(clip, state) is { } waits) return [waits];
        if (task is { } id) return [Explain(clip, state, id)];
        return state.Specs.Where(s => !state.Stages[s.Name].IsComplete).SelectMany(s => Explain(clip, state, s)).ToArray();
    }

    private static WaitReason? Stopped(ClipId clip, ClipState state) => state.Phase switch
    {
        ClipPhase.Running when state.IsPaused => new(clip.Value, WaitCode.ClipPaused, "the clip is paused", $"depth3d clip resume {clip}"),
        ClipPhase.Running => null,
        ClipPhase.None => new(clip.Value, WaitCode.ClipUnknown, "the clip was never submitted", "depth3d clip list"),
        ClipPhase.Completed => new(clip.Value, WaitCode.ClipStopped, "the clip is complete", $"depth3d clip export {clip}"),
        ClipPhase.Failed => new(clip.Value, WaitCode.ClipStopped, $"the clip failed: {state.Failure?.Text}", $"depth3d clip retry {clip}"),
        _ => new(clip.Value, WaitCode.ClipStopped, $"the clip is {state.Phase.ToString().ToLowerInvariant()}", $"depth3d clip resume {clip}"),
    };

    private WaitReason? Waits(ClipId clip, ClipState state)
    {
        if (!admission.IsWaiting(clip) || !state.Plannable.Any(s => scheduler.Pool(state.Stages[s].Spec.Pool).Nodes.Count > 0)) return null;
        var before = admission.Before(clip);
        var whose = state.Project.Length > 0 ? $"project {state.Project}" : "those without a project";
        return new(clip.Value, WaitCode.ClipWaits, before > 0
            ? $"waits for its turn: {(before == 1 ? $"1 clip of {whose} is" : $"{before} clips of {whose} are")} before it"
            : $"waits for its turn: it is the next of {whose}, and begins when work in progress no longer fills their share of the nodes",
            "depth3d clip priority, or start another node");
    }

    private IEnumerable<WaitReason> Explain(ClipId clip, ClipState state, StageSpec spec)
    {
        var stage = state.Stages[spec.Name];
        if (stage.TaskCount is null)
        {
            yield return Unplanned(clip, state, spec);
            yield break;
        }

        // The first waiting task speaks for the others: they differ from it only in their turn.
        var open = stage.TaskIds.Where(id => state.Tasks[id].Phase is TaskPhase.Waiting or TaskPhase.Running).ToArray();
        foreach (var id in open.Where(id => state.Tasks[id].Phase == TaskPhase.Running)) yield return Explain(clip, state, id);
        var waiting = open.Where(id => state.Tasks[id].Phase == TaskPhase.Waiting).ToArray();
        if (waiting.Length == 0) yield break;
        var first = Explain(clip, state, waiting[0]);
        yield return waiting.Length == 1 ? first : first with { Text = $"{first.Text} (and {(waiting.Length == 2 ? "1 more task of the stage waits" : $"{waiting.Length - 1} more tasks of the stage wait")})" };
    }

    private WaitReason Unplanned(ClipId clip, ClipState state, StageSpec spec)
    {
        var stage = state.Stages[spec.Name];
        var missing = spec.After.Where(a => !state.Stages[a].IsComplete)
            .Select(a => $"{a} ({state.Stages[a].DoneCount} of {state.Stages[a].TaskCount?.ToString() ?? "?"} tasks done)").ToArray();
        if (stage.Hold != Hold.None)
            return new(spec.Name.Value, WaitCode.TaskPaused, $"the stage is {stage.Hold.ToString().ToLowerInvariant()}", $"depth3d clip resume {clip} --stage {spec.Name}");
        if (missing.Length > 0) return new(spec.Name.Value, WaitCode.StageWaits, $"waits for {string.Join(", ", missing)}");
        return scheduler.Pool(spec.Pool).Nodes.Count == 0
            ? PlacementExplainer.NoNode(spec.Name.Value, spec.Pool)
            : new(spec.Name.Value, WaitCode.StagePlanning, "a node was asked to split it into tasks and has not answered yet");
    }

    private WaitReason Explain(ClipId clip, ClipState state, TaskId id)
    {
        var subject = id.ToString();
        if (!state.Stages.TryGetValue(id.Stage, out var stage)) return new(subject, WaitCode.TaskUnknown, "the recipe has no such stage", $"depth3d clip tree {clip}");
        if (stage.TaskCount is null) return Unplanned(clip, state, stage.Spec) with { Subject = subject, Code = WaitCode.TaskUnplanned };
        if (!state.Tasks.TryGetValue(id, out var task))
            return new(subject, WaitCode.TaskUnknown, $"the stage has {stage.TaskCount} tasks", $"depth3d clip tree {clip}");
        return task.Phase switch
        {
            TaskPhase.Eaten => new(subject, WaitCode.TaskDone, "eaten: treated as done, without a result"),
            TaskPhase.Done => new(subject, WaitCode.TaskDone, $"done by {task.Worker}, attempt {task.Epoch}"),
            TaskPhase.Failed => new(subject, WaitCode.TaskFailed, $"failed {task.FailedAttempts} times", $"depth3d clip retry {clip} --task {id}"),
            TaskPhase.Running => scheduler.TryFind(clip, id, out var running)
                ? _placement.Explain(subject, running)
                : new(subject, WaitCode.TaskRunning, $"runs on {task.Worker}, attempt {task.Epoch}"),
            _ when state.IsHeld(id) => Held(clip, state, id, task),
            _ when !state.ChainAllows(id) => new(subject, WaitCode.ChainWaits, $"waits for {id with { TaskIndex = id.TaskIndex - 1 }}, the link before it"),
            _ => scheduler.TryFind(clip, id, out var item)
                ? _placement.Explain(subject, item)
                : new(subject, WaitCode.AboutToRun, "the coordinator has just learned of it"),
        };
    }

    private static WaitReason Held(ClipId clip, ClipState state, TaskId id, TaskState task)
    {
        var stage = state.Stages[id.Stage].Hold;
        return stage != Hold.None
            ? new(id.ToString(), WaitCode.TaskPaused, $"stage {id.Stage} is {stage.ToString().ToLowerInvariant()}", $"depth3d clip resume {clip} --stage {id.Stage}")
            : new(id.ToString(), WaitCode.TaskPaused, $"the task is {task.Hold.ToString().ToLowerInvariant()}", $"depth3d clip resume {clip} --task {id}");
    }
}
