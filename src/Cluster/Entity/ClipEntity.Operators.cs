using Depth3D.Messages;
using static Depth3D.Cluster.Entity.ClipCommand;

namespace Depth3D.Cluster.Entity;

/// <summary>What operators may ask of a clip, a stage or a task.</summary>
public static partial class ClipEntity
{
    private static Decision DecideCancel(ClipState state, Cancel c)
    {
        if (c.Part.IsWhole)
        {
            return state.Phase == ClipPhase.Cancelled
                ? Decision.Unchanged
                : Decision.Accept(new ClipEvent.Cancelled(c.Now, c.Actor.Why, c.Actor.By));
        }

        if (state.Phase != ClipPhase.Running) return Decision.Refuse(Refusal.ClipPhase);
        if (Refused(state, c, c.Part) is { } refusal) return Decision.Refuse(refusal);
        if (HoldOf(state, c.Part) == Hold.Cancelled) return Decision.Unchanged;
        return Decision.Accept([.. Stopped(state, c.Now, c.Part, $"cancelled by {c.Actor.By}"),
            new ClipEvent.Held(c.Now, c.Part, Hold.Cancelled, c.Actor.By, c.Actor.Why)]);
    }

    private static Decision DecidePause(ClipState state, Pause c)
    {
        if (Refused(state, c, c.Part) is { } refusal) return Decision.Refuse(refusal);
        return HoldOf(state, c.Part) == Hold.None
            ? Decision.Accept(new ClipEvent.Held(c.Now, c.Part, Hold.Paused, c.Actor.By, c.Actor.Why))
            : Decision.Unchanged;
    }

    private static Decision DecideUnpause(ClipState state, Unpause c)
    {
        if (Refused(state, c, c.Part) is { } refusal) return Decision.Refuse(refusal);
        return HoldOf(state, c.Part) == Hold.None
            ? Decision.Unchanged
            : Decision.Accept(new ClipEvent.Unheld(c.Now, c.Part, c.Actor.By, c.Actor.Why));
    }

    private static Decision DecidePrioritise(ClipState state, Prioritise c)
    {
        var (priority, weight) = (c.Priority ?? state.Priority, Math.Max(c.Weight ?? state.Weight, 1));
        return priority == state.Priority && weight == state.Weight
            ? Decision.Unchanged
            : Decision.Accept(new ClipEvent.Prioritised(c.Now, priority, weight, c.Actor.By, c.Actor.Why));
    }

    private static Decision DecideRetry(ClipState state, Retry c)
    {
        if (Refused(state, c, c.Part) is { } refusal) return Decision.Refuse(refusal);
        if (c.Part.Task is { } id && state.Tasks[id].Phase == TaskPhase.Eaten && state.IsUsed(id)) return Decision.Refuse(Refusal.InUse);
        var retried = new ClipEvent.Retried(c.Now, c.Part, c.Actor.By, c.Actor.Why);
        return Changes(state, retried) ? WithCompletion(state, c.Now, retried) : Decision.Refuse(Refusal.NothingToDo);
    }

    private static Decision DecideEat(ClipState state, Eat c)
    {
        if (Refused(state, c, c.Part) is { } refusal) return Decision.Refuse(refusal);
        if (c.Part is { Stage: { } stage, TaskIndex: null } && state.Stages[stage].TaskCount is null && !state.InputsComplete(stage))
            return Decision.Refuse(Refusal.NotReady);
        var eaten = new ClipEvent.Eaten(c.Now, c.Part, c.Actor.By, c.Actor.Why);
        if (!Changes(state, eaten)) return Decision.Unchanged;
        return WithCompletion(state, c.Now, [.. Stopped(state, c.Now, c.Part, $"eaten by {c.Actor.By}"), eaten]);
    }

    private static bool Changes(ClipState state, ClipEvent happened) => !ReferenceEquals(Evolve(state, happened), state);

    private static IEnumerable<ClipEvent> Stopped(ClipState state, DateTimeOffset now, ClipPart part, string reason) =>
        state.Running.Where(r => part.Contains(r.Id)).Select(r => new ClipEvent.Released(now, r.Id, r.Task.Epoch, reason));

    private static Refusal? Refused(ClipState state, ClipCommand command, ClipPart part)
    {
        if (part.Stage is { } stage && !state.Stages.ContainsKey(stage)) return Refusal.UnknownStage;
        if (part.Task is not { } id) return null;
        return state.Tasks.TryGetValue(id, out var task) ? Transitions.Refuses(task.Phase, command.GetType()) : Refusal.UnknownTask;
    }

    private static Hold HoldOf(ClipState state, ClipPart part)
    {
        if (part.Task is { } task) return state.Tasks[task].Hold;
        return part.Stage is { } stage ? state.Stages[stage].Hold : state.IsPaused ? Hold.Paused : Hold.None;
    }
}
