using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>How each event changes the state. The cost of an event grows with the logarithm of the number of tasks, except where it touches many.</summary>
public static partial class ClipEntity
{
    public static ClipState Evolve(ClipState state, ClipEvent happened)
    {
        ArgumentNullException.ThrowIfNull(state);
        return happened switch
        {
            ClipEvent.Submitted e => Begin(e).FindUnplanned(),
            ClipEvent.StagePlanned e => state.Plan(e.Stage, e.Tasks).FindUnplanned(),
            ClipEvent.Claimed e => state.Change(e.Task, state.Tasks[e.Task].Claim(e)),
            ClipEvent.Renewed e => state.Change(e.Task, state.Tasks[e.Task] with { LeaseUntil = e.LeaseUntil }),
            ClipEvent.Released e => state.Change(e.Task, state.Tasks[e.Task] with { Phase = TaskPhase.Waiting }),
            ClipEvent.TaskCompleted e => state.Complete(e.Task, e.Files),
            ClipEvent.TaskFailed e => state.Change(e.Task, state.Tasks[e.Task].Fail(e)),
            ClipEvent.Completed => state with { Phase = ClipPhase.Completed },
            ClipEvent.Failed e => state with { Phase = ClipPhase.Failed, Failure = e },
            ClipEvent.Cancelled => state with { Phase = ClipPhase.Cancelled },
            ClipEvent.Resumed => (state with { Phase = ClipPhase.Running, Failure = null }).Retry(ClipPart.Whole),
            ClipEvent.Held e => state.SetHold(e.Part, e.Hold),
            ClipEvent.Unheld e => state.SetHold(e.Part, Hold.None),
            ClipEvent.Prioritised e => state with { Priority = e.Priority, Weight = e.Weight },
            ClipEvent.Retried e => state.Retry(e.Part).Settle(e.Part, e.At),
            ClipEvent.Eaten e => state.Eat(e.Part).Settle(e.Part, e.At),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened?.GetType().Name, "no such event"),
        };
    }

    private static ClipState Begin(ClipEvent.Submitted e)
    {
        ImmutableArray<StageSpec> specs = [.. e.Stages];
        var stages = StageTable.Of(specs, specs.Select(s => new StageState(s, null, 0)));
        return ClipState.Empty with
        {
            Phase = ClipPhase.Running,
            Origin = new(e.Recipe, e.OptionsJson, e.InputHash, e.Project, e.Key, e.By, e.At, specs),
            Priority = e.Priority,
            Weight = e.Weight,
            Stages = stages,
            Tasks = TaskTable.Of(stages.Index),
            Sets = TaskSets.Of(stages.Index),
        };
    }

    private static TaskState Claim(this TaskState task, ClipEvent.Claimed e) =>
        task with { Phase = TaskPhase.Running, Epoch = e.Epoch, Worker = e.Worker, LeaseUntil = e.LeaseUntil };

    private static TaskState Fail(this TaskState task, ClipEvent.TaskFailed e) => task with
    {
        Phase = e.WillRetry ? TaskPhase.Waiting : TaskPhase.Failed,
        Failures = task.Failures.Add(new TaskFailure(e.Epoch, e.Worker.Length > 0 ? e.Worker : task.Worker ?? "", e.Kind, e.Text, e.LogTail, task.Rung, e.PauseUntil)),

        // An event of an earlier version knows no ladder and leaves it where it is.
        Rung = Math.Max(task.Rung, e.Rung),
        AboveMemory = Math.Max(task.AboveMemory, e.AboveMemory),
    };
}
