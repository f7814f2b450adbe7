using Depth3D.Messages;
using static Depth3D.Cluster.Entity.ClipCommand;

namespace Depth3D.Cluster.Entity;

/// <summary>
/// The clip's state machine, as two pure functions. <see cref="Decide"/> answers a command with events or a refusal;
/// <see cref="Evolve"/> applies an event. Replaying the journal through <see cref="Evolve"/> gives the same state, always.
/// </summary>
public static partial class ClipEntity
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
            Claim c => OnTask(state, c, c.Task, null, DecideClaim),
            Renew c => OnTask(state, c, c.Task, c.Epoch, static (_, c, id, _) => Decision.Accept(new ClipEvent.Renewed(c.Now, id, c.Epoch, c.Now + c.Lease))),
            Complete c => OnTask(state, c, c.Task, c.Epoch, DecideComplete),
            Fail c => OnTask(state, c, c.Task, c.Epoch, DecideFail),
            Release c => OnTask(state, c, c.Task, c.Epoch, static (_, c, id, _) => Decision.Accept(new ClipEvent.Released(c.Now, id, c.Epoch, c.Reason))),
            ExpireLeases c => TakeBack(state, c.Now, task => task.LeaseUntil < c.Now, "its lease ran out"),
            ReleaseAll c => TakeBack(state, c.Now, _ => true, c.Reason),
            Cancel c => DecideCancel(state, c),
            Resume c => WithCompletion(state, c.Now, new ClipEvent.Resumed(c.Now, c.Actor.Why, c.Actor.By)),
            Pause c => DecidePause(state, c),
            Unpause c => DecideUnpause(state, c),
            Prioritise c => DecidePrioritise(state, c),
            Retry c => DecideRetry(state, c),
            Eat c => DecideEat(state, c),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "no such command"),
        };
    }

    private static Decision DecideSubmit(ClipState state, Submit c)
    {
        if (state.Phase == ClipPhase.None)
        {
            return WithCompletion(state, c.Now, new ClipEvent.Submitted(
                c.Now, c.Recipe, c.Stages, c.OptionsJson, c.InputHash, c.Project, c.Priority, Math.Max(c.Weight, 1), c.Key, c.By));
        }

        return (c.Key is not null && c.Key == state.Key) || SameContent(state, c)
            ? Decision.Unchanged
            : Decision.Refuse(Refusal.DifferentSubmission);
    }

    private static bool SameContent(ClipState state, Submit c) => state.Recipe == c.Recipe && SameGraph(state.Specs, c.Stages)
        && state.OptionsJson == c.OptionsJson && state.InputHash == c.InputHash;

    private static bool SameGraph(IReadOnlyList<StageSpec> one, IReadOnlyList<StageSpec> other) => one.Count == other.Count
        && one.Zip(other).All(pair => pair.First.Name == pair.Second.Name && pair.First.After.SequenceEqual(pair.Second.After));

    private static Decision DecidePlan(ClipState state, PlanStage c)
    {
        if (!state.Stages.TryGetValue(c.Stage, out var stage)) return Decision.Refuse(Refusal.UnknownStage);
        if (stage.TaskCount is not null) return Decision.Refuse(Refusal.AlreadyPlanned);
        if (!state.InputsComplete(c.Stage)) return Decision.Refuse(Refusal.NotReady);
        var planned = new ClipEvent.StagePlanned(c.Now, c.Stage, c.Tasks);
        return c.Tasks.Count > 0 ? Decision.Accept(planned) : WithCompletion(state, c.Now, planned);
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
        var isFree = task.Phase == TaskPhase.Waiting;
        if (!isFree && task.LeaseUntil >= c.Now && task.Worker != c.Worker) return Decision.Refuse(Refusal.Leased);

        if (!isFree && c.KeepsOwn && task.Worker == c.Worker) return Decision.Unchanged;

        // The same worker asks again when the answer to its claim got lost: whatever it had is over.
        var claimed = new ClipEvent.Claimed(c.Now, id, task.Epoch + 1, c.Worker, c.Now + c.Lease);
        if (isFree) return state.IsHeld(id) ? Decision.Refuse(Refusal.Paused) : Decision.Accept(claimed);
        var ended = new ClipEvent.Released(c.Now, id, task.Epoch, $"superseded by {c.Worker}");
        return state.IsHeld(id) ? new Decision([ended], Refusal.Paused) : Decision.Accept(ended, claimed);
    }

    private static Decision DecideComplete(ClipState state, Complete c, TaskId id, TaskState task)
    {
        if (PublishedTwice(state, id, c.Files) is not { } twice)
        {
            var completed = new ClipEvent.TaskCompleted(c.Now, id, c.Epoch, c.Files);
            var stage = state.Stages[id.Stage];
            return stage.DoneCount + 1 < stage.TaskCount ? Decision.Accept(completed) : WithCompletion(state, c.Now, completed);
        }

        var text = $"{id} published '{twice.Name}', which another task of the stage published before; this is a defect of the stage";
        var worker = task.Worker ?? "";
        var failed = new ClipEvent.TaskFailed(c.Now, id, c.Epoch, FailureKind.Defect, text, "", WillRetry: false, worker, task.Rung);
        return Failing(state, failed) with { Refusal = Refusal.TaskFailed };
    }

    private static ArtifactFile? PublishedTwice(ClipState state, TaskId id, IReadOnlyList<ArtifactFile> files)
    {
        var taken = files.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        for (var i = 0; i < files.Count; i++)
            if (state.HasPublished(id.Stage, files[i].Name) || taken?.Add(files[i].Name) == false) return files[i];
        return null;
    }

    private static Decision DecideFail(ClipState state, Fail c, TaskId id, TaskState task)
    {
        if (c.IsSmallest) task = task with { Rung = Math.Max(task.Rung, c.Policy.MaxRung) };
        var next = FailureLadder.After(task, c);
        return Failing(state, new ClipEvent.TaskFailed(c.Now, id, c.Epoch, c.Kind, c.Text, c.LogTail, next.WillRetry, task.Worker ?? "",
            next.Rung, next.AboveMemory, next.Consequence, next.Pause > TimeSpan.Zero ? c.Now + next.Pause : null));
    }

    private static Decision Failing(ClipState state, ClipEvent.TaskFailed failed)
    {
        if (failed.WillRetry || state.Phase != ClipPhase.Running) return Decision.Accept(failed);
        var attempts = Evolve(state, failed).Tasks[failed.Task].Failures;
        return Decision.Accept(failed, FailureLadder.ClipFailure(failed.At, failed.Task, attempts, failed.Consequence));
    }

    private static Decision WithCompletion(ClipState state, DateTimeOffset now, params IReadOnlyList<ClipEvent> happened)
    {
        var after = happened.Aggregate(state, Evolve);
        return after.Phase == ClipPhase.Running && after.AllStagesComplete
            ? Decision.Accept([.. happened, new ClipEvent.Completed(now)])
            : Decision.Accept(happened);
    }

    private static Decision TakeBack(ClipState state, DateTimeOffset now, Func<TaskState, bool> which, string reason)
    {
        var events = state.Running.Where(r => which(r.Task))
            .Select(r => new ClipEvent.Released(now, r.Id, r.Task.Epoch, reason)).ToArray<ClipEvent>();
        return events.Length > 0 ? new Decision(events) : Decision.Unchanged;
    }

    /// <summary>Answers a command to a task that is legal in its phase and from its last attempt.</summary>
    /// <param name="state">The clip.</param>
    /// <param name="command">The command.</param>
    /// <param name="id">Its task.</param>
    /// <param name="epoch">The attempt it is about; null for none.</param>
    /// <param name="decide">What follows.</param>
    private static Decision OnTask<TCommand>(
        ClipState state, TCommand command, TaskId id, long? epoch, Func<ClipState, TCommand, TaskId, TaskState, Decision> decide)
        where TCommand : ClipCommand
    {
        if (!state.Tasks.TryGetValue(id, out var task)) return Decision.Refuse(Refusal.UnknownTask);

        // The answer to a report may get lost: the same report again is answered the same way.
        if (command is Complete && task.Phase == TaskPhase.Done && epoch == task.Epoch) return Decision.Unchanged;
        if (epoch is not null && epoch != task.Epoch) return Decision.Refuse(Refusal.Superseded);
        return Transitions.Refuses(task.Phase, typeof(TCommand)) is { } refusal ? Decision.Refuse(refusal) : decide(state, command, id, task);
    }
}
