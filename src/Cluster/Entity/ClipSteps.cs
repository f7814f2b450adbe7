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
            Sets = state.Sets.Plan(stage, tasks.Count),
        };
        return after.Reopen(stage);
    }

    /// <summary>Changes one task, and everything that follows from it.</summary>
    public static ClipState Change(this ClipState state, TaskId id, TaskState after)
    {
        var before = state.Tasks[id];
        if (after == before) return state;
        var (stage, settled) = (state.Stages[id.Stage], Settled(after) - Settled(before));
        return state.Change(id, before, after, settled == 0 ? stage : stage with { DoneCount = stage.DoneCount + settled });
    }

    /// <summary>Accepts a task with what it published.</summary>
    public static ClipState Complete(this ClipState state, TaskId id, IReadOnlyList<ArtifactFile> files)
    {
        var (before, stage) = (state.Tasks[id], state.Stages[id.Stage]);
        var after = before with { Phase = TaskPhase.Done, Files = files, Hold = Hold.None, Failures = [] };
        return state.Change(id, before, after, stage with
        {
            DoneCount = stage.DoneCount + Settled(after) - Settled(before),
            AcceptedCount = stage.AcceptedCount + 1,
            Weight = stage.Weight + files.Count + 1,
            FileNames = stage.FileNames.Add(files),
        });
    }

    public static ClipState SetHold(this ClipState state, ClipPart part, Hold hold)
    {
        if (part.Task is { } task) return state.Change(task, state.Tasks[task] with { Hold = hold });
        if (part.Stage is not { } stage) return state with { IsPaused = hold != Hold.None };
        return state.Stages[stage].Hold == hold ? state
            : (state with { Stages = state.Stages.SetItem(stage, state.Stages[stage] with { Hold = hold }) }).Reopen(stage);
    }

    /// <summary>Forgives the failures of a part and takes back that parts of it were cancelled.</summary>
    public static ClipState Retry(this ClipState state, ClipPart part)
    {
        if (part.Task is { } task) return state.Change(task, Retried(state.Tasks[task], named: true)).FindUnplanned();
        foreach (var stage in state.Specs.Select(s => s.Name).Where(part.Contains))
        {
            if (state.Stages[stage].Hold == Hold.Cancelled) state = state.SetHold(ClipPart.Of(stage), Hold.None);
            foreach (var id in state.Stages[stage].TaskIds) state = state.Change(id, Retried(state.Tasks[id], named: false));
        }

        return state;
    }

    public static ClipState Eat(this ClipState state, ClipPart part)
    {
        if (part.Task is { } task) return state.Change(task, Eaten(state.Tasks[task]));
        foreach (var stage in state.Specs.Select(s => s.Name).Where(part.Contains))
        {
            if (state.Stages[stage].TaskCount is null) state = state.Plan(stage, []).FindUnplanned();
            foreach (var id in state.Stages[stage].TaskIds) state = state.Change(id, Eaten(state.Tasks[id]));
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
    /// <param name="stage">Its stage behind that.</param>
    private static ClipState Change(this ClipState state, TaskId id, TaskState before, TaskState after, StageState stage)
    {
        var isMoved = after.Phase != before.Phase || after.Hold != before.Hold;
        var (old, tasks) = (state.Stages[id.Stage], state.Tasks.SetItem(id, after));
        var changed = state with
        {
            Tasks = tasks,
            Stages = ReferenceEquals(stage, old) ? state.Stages : state.Stages.SetItem(id.Stage, stage),
            Sets = isMoved ? Moved(state.Sets, tasks, stage, id, after) : state.Sets,
        };
        return stage.IsComplete == old.IsComplete ? changed : changed.FindUnplanned();
    }

    private static int Settled(TaskState task) => task.IsSettled ? 1 : 0;

    /// <summary>Takes the places anew of a task that moved, and of the link behind it.</summary>
    private static TaskSets Moved(TaskSets sets, TaskTable tasks, StageState stage, TaskId id, TaskState task)
    {
        sets = sets.Place(id, task.Phase, tasks.IsOpen(stage, id, task));
        var next = id with { TaskIndex = id.TaskIndex + 1 };
        return tasks.TryGetValue(next, out var link) && link.Plan.AfterPrevious ? sets.Place(next, link.Phase, tasks.IsOpen(stage, next, link)) : sets;
    }

    /// <summary>Makes the sets anew from the tasks.</summary>
    public static ClipState PlaceAll(this ClipState state) => state.Specs
        .Aggregate(state, (s, spec) => (s with { Sets = s.Sets.Plan(spec.Name, s.Stages[spec.Name].TaskCount ?? 0) }).Reopen(spec.Name)).FindUnplanned();

    /// <summary>Places all tasks of a stage.</summary>
    private static ClipState Reopen(this ClipState state, StageName name)
    {
        var (stage, tasks) = (state.Stages[name], state.Tasks);
        return state with { Sets = state.Sets.Place(name, stage.TaskIds.Select(id => (tasks[id].Phase, tasks.IsOpen(stage, id, tasks[id])))) };
    }

    private static bool IsOpen(this TaskTable tasks, StageState stage, TaskId id, TaskState task) =>
        task is { Phase: TaskPhase.Waiting, Hold: Hold.None } && stage.Hold == Hold.None && tasks.ChainAllows(id, task);

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
