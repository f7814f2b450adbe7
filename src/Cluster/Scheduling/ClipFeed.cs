using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Keeps a <see cref="Scheduler"/> in step with the clips' entities. What an event can change is looked up in the state behind it; for
/// anything else than the ordinary life of a task the whole clip is compared.
/// </summary>
public sealed class ClipFeed(Scheduler scheduler)
{
    private readonly Dictionary<ClipId, HashSet<TaskId>> _offered = [];

    /// <summary>Takes in what happened to a clip.</summary>
    public void Apply(ClipId clip, IReadOnlyList<ClipEvent> events, ClipState state)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(state);
        if (!_offered.ContainsKey(clip) || events.Any(e => !IsOrdinary(e)))
        {
            Synchronise(clip, events, state);
            return;
        }

        foreach (var happened in events) Follow(clip, happened, state);
    }

    /// <summary>Compares everything of a clip that is open or runs with what the scheduler knows.</summary>
    public void Synchronise(ClipId clip, IReadOnlyList<ClipEvent> events, ClipState state)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(state);
        foreach (var ended in events)
        {
            if (EndOf(ended) is { } end) End(clip, end.Task, ended.At, end.IsTypical);
        }

        var running = state.Running.ToArray();
        if (state.Phase is not ClipPhase.Running && running.Length == 0)
        {
            scheduler.RemoveClip(clip);
            _offered.Remove(clip);
            return;
        }

        scheduler.SetClip(clip, new ClipTerms());
        if (!_offered.TryGetValue(clip, out var offered)) offered = _offered[clip] = [];
        var open = state.Ready.ToHashSet();
        foreach (var id in offered.Where(id => !open.Contains(id) && state.Tasks[id].Phase != TaskPhase.Running).ToArray()) Withdraw(clip, id, offered);
        foreach (var (id, task) in running) Start(clip, id, task, task.LeaseUntil, state, offered);
        foreach (var id in open) Offer(clip, id, state, offered);
    }

    private void Follow(ClipId clip, ClipEvent happened, ClipState state)
    {
        var offered = _offered[clip];
        if (happened is ClipEvent.Claimed claimed && state.Tasks[claimed.Task] is { Phase: TaskPhase.Running } task && task.Epoch == claimed.Epoch)
        {
            Start(clip, claimed.Task, task, claimed.At, state, offered);
            return;
        }

        if (EndOf(happened) is not { } end) return;
        End(clip, end.Task, happened.At, end.IsTypical);
        if (IsOpen(state, end.Task)) Offer(clip, end.Task, state, offered);
        var next = end.Task with { TaskIndex = end.Task.TaskIndex + 1 };
        if (happened is ClipEvent.TaskCompleted && state.Tasks.TryGetValue(next, out var link) && link.Plan.AfterPrevious && IsOpen(state, next))
            Offer(clip, next, state, offered);
    }

    private void Start(ClipId clip, TaskId id, TaskState task, DateTimeOffset at, ClipState state, HashSet<TaskId> offered)
    {
        offered.Add(id);
        scheduler.Started(clip, OfferOf(id, state), NodeOf(task.Worker), task.Epoch, at);
    }

    private void Offer(ClipId clip, TaskId id, ClipState state, HashSet<TaskId> offered)
    {
        offered.Add(id);
        scheduler.Offer(clip, OfferOf(id, state));
    }

    private void Withdraw(ClipId clip, TaskId id, HashSet<TaskId> offered)
    {
        scheduler.Withdraw(clip, id);
        offered.Remove(id);
    }

    private void End(ClipId clip, TaskId id, DateTimeOffset at, bool isTypical)
    {
        scheduler.Ended(clip, id, at, isTypical);
        if (_offered.TryGetValue(clip, out var offered)) offered.Remove(id);
    }

    private static TaskOffer OfferOf(TaskId id, ClipState state)
    {
        var (task, stage) = (state.Tasks[id], state.Stages[id.Stage]);
        NodeId? warm = null;
        if (task.Plan.AfterPrevious && id.TaskIndex > 0 && state.Tasks[id with { TaskIndex = id.TaskIndex - 1 }].Worker is { } before) warm = NodeOf(before);
        return new TaskOffer(id, state.Specs.IndexOf(stage.Spec), stage.Spec.Pool, task.Plan.Needs ?? ResourceRequest.None, Warm: warm);
    }

    private static bool IsOpen(ClipState state, TaskId id) =>
        state.Phase == ClipPhase.Running && state.Tasks[id].Phase == TaskPhase.Waiting && state.ChainAllows(id);

    private static NodeId NodeOf(string? worker) => new(worker ?? "unknown");

    private static bool IsOrdinary(ClipEvent happened) => happened is ClipEvent.Renewed or ClipEvent.Claimed || EndOf(happened) is not null;

    private static (TaskId Task, bool IsTypical)? EndOf(ClipEvent happened) => happened switch
    {
        ClipEvent.TaskCompleted e => (e.Task, true),
        ClipEvent.TaskFailed e => (e.Task, false),
        ClipEvent.Released e => (e.Task, false),
        _ => null,
    };
}
