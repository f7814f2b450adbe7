using System.Collections.Immutable;
using Depth3D.Messages;
using static Depth3D.Cluster.Entity.ClipCommand;

namespace Depth3D.Cluster.Entity;

/// <summary>
/// The clip's state machine, as two pure functions. <see cref="Decide"/> answers a command with events or a refusal;
/// <see cref="Evolve"/> applies an event. Replaying the journal through <see cref="Evolve"/> gives the same state, always.
/// </summary>
public static class ClipEntity
{
    public static ClipState Replay(IEnumerable<ClipEvent> events) => events.Aggregate(ClipState.Empty, Evolve);

    public static Decision Decide(ClipState state, ClipCommand command)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (!Transitions.Allows(state.Phase, command.GetType())) return Decision.Refuse(Refusal.ClipPhase);
        return command switch
        {
            Submit c => DecideSubmit(state, c),
            PlanStage c => DecidePlan(state, c),
            FailPlanning c => DecideFailPlanning(state, c),
            Claim c => OnTask(state, c, c.Task, null, (id, task) => DecideClaim(state, c, id, task)),
            Renew c => OnTask(state, c, c.Task, c.Epoch, (id, _) => Decision.Accept(new ClipEvent.Renewed(c.Now, id, c.Epoch, c.Now + c.Lease))),
            Complete c => OnTask(state, c, c.Task, c.Epoch, (id, _) => DecideComplete(state, c, id)),
            Fail c => OnTask(state, c, c.Task, c.Epoch, (id, task) => DecideFail(state, c, id, task)),
            Release c => OnTask(state, c, c.Task, c.Epoch, (id, _) => Decision.Accept(new ClipEvent.Released(c.Now, id, c.Epoch, c.Reason))),
            ExpireLeases c => TakeBack(state, c.Now, task => task.LeaseUntil < c.Now, "its lease ran out"),
            ReleaseAll c => TakeBack(state, c.Now, _ => true, c.Reason),
            Cancel c => Decision.Accept(new ClipEvent.Cancelled(c.Now, c.Reason)),
            Resume c => WithCompletion(state, c.Now, new ClipEvent.Resumed(c.Now, c.Reason)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "no such command"),
        };
    }

    public static ClipState Evolve(ClipState state, ClipEvent happened)
    {
        ArgumentNullException.ThrowIfNull(state);
        return happened switch
        {
            ClipEvent.Submitted e => state with
            {
                Phase = ClipPhase.Running,
                Recipe = e.Recipe,
                OptionsJson = e.OptionsJson,
                InputHash = e.InputHash,
                Specs = [.. e.Stages],
                Stages = e.Stages.ToImmutableDictionary(s => s.Name, s => new StageState(s, null, 0)),
            },
            ClipEvent.StagePlanned e => state with
            {
                Stages = state.Stages.SetItem(e.Stage, state.Stages[e.Stage] with { TaskCount = e.Tasks.Count }),
                Tasks = state.Tasks.AddRange(e.Tasks.Select((plan, index) =>
                    KeyValuePair.Create(new TaskId(e.Stage, index), TaskState.Planned(plan)))),
            },
            ClipEvent.Claimed e => Change(state, e.Task, t => t with
            {
                Phase = TaskPhase.Running,
                Epoch = e.Epoch,
                Worker = e.Worker,
                LeaseUntil = e.LeaseUntil,
            }),
            ClipEvent.Renewed e => Change(state, e.Task, t => t with { LeaseUntil = e.LeaseUntil }),
            ClipEvent.Released e => Change(state, e.Task, t => t with { Phase = TaskPhase.Waiting }),
            ClipEvent.TaskCompleted e => CountDone(Change(state, e.Task, t => t with { Phase = TaskPhase.Done, Files = e.Files }), e.Task.Stage),
            ClipEvent.TaskFailed e => Change(state, e.Task, t => t with
            {
                Phase = e.WillRetry ? TaskPhase.Waiting : TaskPhase.Failed,
                FailedAttempts = t.FailedAttempts + 1,
            }),
            ClipEvent.Completed => state with { Phase = ClipPhase.Completed },
            ClipEvent.Failed e => state with { Phase = ClipPhase.Failed, Failure = e },
            ClipEvent.Cancelled => state with { Phase = ClipPhase.Cancelled },
            ClipEvent.Resumed => state with { Phase = ClipPhase.Running, Failure = null, Tasks = ForgiveFailures(state.Tasks) },
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened?.GetType().Name, "no such event"),
        };
    }

    private static Decision DecideSubmit(ClipState state, Submit c)
    {
        if (state.Phase == ClipPhase.None)
            return WithCompletion(state, c.Now, new ClipEvent.Submitted(c.Now, c.Recipe, c.Stages, c.OptionsJson, c.InputHash));
        return state.Recipe == c.Recipe && SameGraph(state.Specs, c.Stages)
            && state.OptionsJson == c.OptionsJson && state.InputHash == c.InputHash
            ? Decision.Unchanged
            : Decision.Refuse(Refusal.DifferentSubmission);
    }

    private static bool SameGraph(IReadOnlyList<StageSpec> one, IReadOnlyList<StageSpec> other) => one.Count == other.Count
        && one.Zip(other).All(pair => pair.First.Name == pair.Second.Name && pair.First.After.SequenceEqual(pair.Second.After));

    private static Decision DecidePlan(ClipState state, PlanStage c)
    {
        if (!state.Stages.TryGetValue(c.Stage, out var stage)) return Decision.Refuse(Refusal.UnknownStage);
        if (stage.TaskCount is not null) return Decision.Refuse(Refusal.AlreadyPlanned);
        return state.InputsComplete(c.Stage)
            ? WithCompletion(state, c.Now, new ClipEvent.StagePlanned(c.Now, c.Stage, c.Tasks))
            : Decision.Refuse(Refusal.NotReady);
    }

    private static Decision DecideFailPlanning(ClipState state, FailPlanning c)
    {
        if (!state.Stages.TryGetValue(c.Stage, out var stage)) return Decision.Refuse(Refusal.UnknownStage);
        return stage.TaskCount is null
            ? Decision.Accept(new ClipEvent.Failed(c.Now, c.Stage, null, c.Kind, c.Text))
            : Decision.Refuse(Refusal.AlreadyPlanned);
    }

    private static Decision DecideClaim(ClipState state, Claim c, TaskId id, TaskState task)
    {
        if (!state.ChainAllows(id)) return Decision.Refuse(Refusal.NotReady);
        var claimed = new ClipEvent.Claimed(c.Now, id, task.Epoch + 1, c.Worker, c.Now + c.Lease);
        if (task.Phase == TaskPhase.Waiting) return Decision.Accept(claimed);
        if (!c.Redelivered && task.LeaseUntil >= c.Now && task.Worker != c.Worker) return Decision.Refuse(Refusal.Leased);
        return Decision.Accept(new ClipEvent.Released(c.Now, id, task.Epoch, $"superseded by {c.Worker}"), claimed);
    }

    private static Decision DecideComplete(ClipState state, Complete c, TaskId id)
    {
        var taken = state.Accepted(new ClipId("x"), id.Stage).SelectMany(m => m.Files).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        if (c.Files.FirstOrDefault(f => !taken.Add(f.Name)) is not { } twice)
            return WithCompletion(state, c.Now, new ClipEvent.TaskCompleted(c.Now, id, c.Epoch, c.Files));
        var text = $"{id} published '{twice.Name}', which another task of the stage published before; this is a defect of the stage";
        var failed = new ClipEvent.TaskFailed(c.Now, id, c.Epoch, FailureKind.Defect, text, "", WillRetry: false);
        return Failing(state, failed) with { Refusal = Refusal.TaskFailed };
    }

    private static Decision DecideFail(ClipState state, Fail c, TaskId id, TaskState task)
    {
        var retry = c.Kind == FailureKind.Transient && task.FailedAttempts + 1 < c.MaxAttempts;
        return Failing(state, new ClipEvent.TaskFailed(c.Now, id, c.Epoch, c.Kind, c.Text, c.LogTail, retry));
    }

    private static Decision Failing(ClipState state, ClipEvent.TaskFailed failed) => failed.WillRetry || state.Phase != ClipPhase.Running
        ? Decision.Accept(failed)
        : Decision.Accept(failed, new ClipEvent.Failed(failed.At, failed.Task.Stage, failed.Task, failed.Kind, failed.Text));

    private static Decision WithCompletion(ClipState state, DateTimeOffset now, ClipEvent happened)
    {
        var after = Evolve(state, happened);
        return after.Phase == ClipPhase.Running && after.AllStagesComplete
            ? Decision.Accept(happened, new ClipEvent.Completed(now))
            : Decision.Accept(happened);
    }

    private static Decision TakeBack(ClipState state, DateTimeOffset now, Func<TaskState, bool> which, string reason)
    {
        var events = state.Running.Where(r => which(r.Task))
            .Select(r => new ClipEvent.Released(now, r.Id, r.Task.Epoch, reason)).ToArray<ClipEvent>();
        return events.Length > 0 ? new Decision(events) : Decision.Unchanged;
    }

    private static Decision OnTask(ClipState state, ClipCommand command, TaskId id, long? epoch, Func<TaskId, TaskState, Decision> decide)
    {
        if (!state.Tasks.TryGetValue(id, out var task)) return Decision.Refuse(Refusal.UnknownTask);

        // The answer to a report may get lost: the same report again is answered the same way.
        if (command is Complete && task.Phase == TaskPhase.Done && epoch == task.Epoch) return Decision.Unchanged;
        if (epoch is not null && epoch != task.Epoch) return Decision.Refuse(Refusal.Superseded);
        return Transitions.Refuses(task.Phase, command.GetType()) is { } refusal ? Decision.Refuse(refusal) : decide(id, task);
    }

    private static ClipState CountDone(ClipState state, StageName stage) =>
        state with { Stages = state.Stages.SetItem(stage, state.Stages[stage] with { DoneCount = state.Stages[stage].DoneCount + 1 }) };

    private static ClipState Change(ClipState state, TaskId id, Func<TaskState, TaskState> change) =>
        state with { Tasks = state.Tasks.SetItem(id, change(state.Tasks[id])) };

    private static ImmutableDictionary<TaskId, TaskState> ForgiveFailures(ImmutableDictionary<TaskId, TaskState> tasks) =>
        tasks.SetItems(tasks.Where(t => t.Value.FailedAttempts > 0 && t.Value.Phase != TaskPhase.Done)
            .Select(t => KeyValuePair.Create(t.Key, Forgive(t.Value))));

    private static TaskState Forgive(TaskState task) =>
        task with { FailedAttempts = 0, Phase = task.Phase == TaskPhase.Failed ? TaskPhase.Waiting : task.Phase };
}
