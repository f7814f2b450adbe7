using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>The steps that events are made of; each keeps the counters and sets of the state true.</summary>
internal static class ClipSteps
{
    public static ClipState Plan(this ClipState state, StageName stage, IReadOnlyList<TaskPlan> tasks)
    {
        var planned = state.Stages[stage] with { TaskCount = tasks.Count };
        var after = state with
        {
            Stages = state.Stages.SetItem(stage, planned),
            Tasks = state.Tasks.SetStage(stage, [.. tasks.Select(TaskState.Planned)]),
        };
        return after.Reopen(stage);
    }

    /// <summary>Changes one task, and everything that follows from it.</summary>
    public static ClipState Change(this ClipState state, TaskId id, Func<TaskState, TaskState> change)
    {
        var before = state.Tasks[id];
        var after = change(before);
        return after == before ? state : state.Change(id, before, after, state.Stages[id.Stage]);
    }

    /// <summary>Accepts a task with what it published.</summary>
    public static ClipState Complete(this ClipState state, TaskId id, IReadOnlyList<ArtifactFile> files)
    {
        var (before, stage) = (state.Tasks[id], state.Stages[id.Stage]);
        stage = stage with
        {
            AcceptedCount = stage.AcceptedCount + 1,
            Weight = stage.Weight + files.Count + 1,
            FileNames = stage.FileNames.Add(files),
        };
        return state.Change(id, before, before with { Phase = TaskPhase.Done, Files = files, Hold = Hold.None, Failures = [] }, stage);
    }

    public static ClipState SetHold(this ClipState state, ClipPart part, Hold hold)
    {
        if (part.Task is { } task) return state.Change(task, t => t with { Hold = hold });
        if (part.Stage is not { } stage) return state with { IsPaused = hold != Hold.None };
        return state.Stages[stage].Hold == hold ? state
            : (state with { Stages = state.Stages.SetItem(stage, state.Stages[stage] with { Hold = hold }) }).Reopen(stage);
    }

    /// <summary>Forgives the failures of a part and takes back that parts of it were cancelled.</summary>
    public static ClipState Retry(this ClipState state, ClipPart part)
    {
        if (part.Task is { } task) return state.Change(task, t => Retried(t, named: true)).FindUnplanned();
        foreach (var stage in state.Specs.Select(s => s.Name).Where(part.Contains))
        {
            if (state.Stages[stage].Hold == Hold.Cancelled) state = state.SetHold(ClipPart.Of(stage), Hold.None);
            foreach (var id in state.Stages[stage].TaskIds) state = state.Change(id, t => Retried(t, named: false));
        }

        return state;
    }

    public static ClipState Eat(this ClipState state, ClipPart part)
    {
        if (part.Task is { } task) return state.Change(task, Eaten);
        foreach (var stage in state.Specs.Select(s => s.Name).Where(part.Contains))
        {
            if (state.Stages[stage].TaskCount is null) state = state.Plan(stage, []).FindUnplanned();
            foreach (var id in state.Stages[stage].TaskIds) state = state.Change(id, Eaten);
        }

        return state;
    }

    /// <summary>A failed clip goes on once nothing in it is failed any more.</summary>
    public static ClipState Settle(this ClipState state, ClipPart part, DateTimeOffset at)
    {
        if (state.Failure is not { } failure) return state;
        if (failure.Task is null && !(part.Contains(failure.Stage) || state.Stages[failure.Stage].TaskCount is not null)) return state;
        if (state.FailedIds.Count == 0) return state with { Phase = ClipPhase.Running, Failure = null };
        if (failure.Task is { } named && state.FailedIds.Contains(named)) return state;
        var left = state.FailedIds.First;
        return state with { Failure = FailureLadder.ClipFailure(at, left, state.Tasks[left].Failures, "it failed while the clip was stopped") };
    }

    public static ClipState FindUnplanned(this ClipState state)
    {
        ImmutableArray<StageName> found =
            [.. state.Specs.Select(s => s.Name).Where(s => state.Stages[s].TaskCount is null && state.InputsComplete(s))];
        return found.SequenceEqual(state.Unplanned) ? state : state with { Unplanned = found };
    }

    /// <summary>Something later has seen that this eaten task has no result.</summary>
    public static bool IsUsed(this ClipState state, TaskId id)
    {
        if (state.Specs.Any(s => s.After.Contains(id.Stage) && state.Stages[s.Name].TaskCount is not null)) return true;
        return state.Tasks.TryGetValue(id with { TaskIndex = id.TaskIndex + 1 }, out var next)
            && next.Plan.AfterPrevious && (next.Epoch > 0 || next.IsSettled);
    }

    /// <summary>An accepted task of the stage published a file of this name.</summary>
    public static bool HasPublished(this ClipState state, StageName stage, string name)
    {
        var found = state.Stages[stage];
        return found.FileNames.MayContain(name) && found.TaskIds.Any(id => state.Tasks[id].Files?.Any(f => f.Name == name) ?? false);
    }

    /// <param name="state">The clip.</param>
    /// <param name="id">The task.</param>
    /// <param name="before">What it is.</param>
    /// <param name="after">What it becomes.</param>
    /// <param name="stage">Its stage, but for the count of settled tasks.</param>
    private static ClipState Change(this ClipState state, TaskId id, TaskState before, TaskState after, StageState stage)
    {
        var isMoved = after.Phase != before.Phase || after.Hold != before.Hold;
        var (wasComplete, settled) = (stage.IsComplete, (after.IsSettled ? 1 : 0) - (before.IsSettled ? 1 : 0));
        if (settled != 0) stage = stage with { DoneCount = stage.DoneCount + settled };
        var changed = state with
        {
            Tasks = state.Tasks.SetItem(id, after),
            Stages = ReferenceEquals(stage, state.Stages[id.Stage]) ? state.Stages : state.Stages.SetItem(id.Stage, stage),
        };
        if (!isMoved) return changed;
        var next = id with { TaskIndex = id.TaskIndex + 1 };
        var sets = state.Sets.Place(id, stage.Spec.Pool, after.Phase, changed.IsOpen(id, after));
        if (changed.Tasks.TryGetValue(next, out var link) && link.Plan.AfterPrevious)
            sets = sets.Place(next, stage.Spec.Pool, link.Phase, changed.IsOpen(next, link));
        if (!ReferenceEquals(sets, state.Sets)) changed = changed with { Sets = sets };
        return stage.IsComplete == wasComplete ? changed : changed.FindUnplanned();
    }

    private static ClipState Place(this ClipState state, TaskId id)
    {
        if (!state.Tasks.TryGetValue(id, out var task)) return state;
        var sets = state.Sets.Place(id, state.Stages[id.Stage].Spec.Pool, task.Phase, state.IsOpen(id, task));
        return ReferenceEquals(sets, state.Sets) ? state : state with { Sets = sets };
    }

    /// <summary>Makes the sets anew from the tasks.</summary>
    public static ClipState PlaceAll(this ClipState state) => state.Specs.Aggregate(state, (s, spec) => s.Reopen(spec.Name)).FindUnplanned();

    /// <summary>Places all tasks of a stage.</summary>
    private static ClipState Reopen(this ClipState state, StageName stage) => state.Stages[stage].TaskIds.Aggregate(state, Place);

    private static bool IsOpen(this ClipState state, TaskId id, TaskState task) =>
        task is { Phase: TaskPhase.Waiting, Hold: Hold.None } && state.Stages[id.Stage].Hold == Hold.None && state.ChainAllows(id);

    private static TaskState Retried(TaskState task, bool named)
    {
        if (task.Phase == TaskPhase.Done || (task.Phase == TaskPhase.Eaten && !named)) return task;
        var hold = task.Hold == Hold.Cancelled ? Hold.None : task.Hold;
        var phase = task.Phase == TaskPhase.Running ? TaskPhase.Running : TaskPhase.Waiting;
        if (hold == task.Hold && phase == task.Phase && task.Failures.IsEmpty && task.AboveMemory == 0) return task;

        // The rung stays: whoever mended nothing need not run out of memory on the way down again.
        return task with { Phase = phase, Hold = hold, Failures = [], AboveMemory = 0 };
    }

    private static TaskState Eaten(TaskState task) =>
        task.IsSettled ? task : task with { Phase = TaskPhase.Eaten, Hold = Hold.None, Failures = [] };
}
