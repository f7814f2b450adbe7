using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Keeps a <see cref="Scheduler"/> in step with the clips' entities. What an event can change is looked up in the state behind it; for
/// anything else than the ordinary life of a task the whole clip is compared.
/// </summary>
public sealed class ClipFeed(Scheduler scheduler)
{
    /// <summary>Takes in what happened to a clip.</summary>
    public void Apply(ClipId clip, IReadOnlyList<ClipEvent> events, ClipState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(state);
        if (!scheduler.Knows(clip) || !AreOrdinary(events))
        {
            Synchronise(clip, events, state, now);
            return;
        }

        for (var i = 0; i < events.Count; i++) Follow(clip, events[i], state);
    }

    /// <summary>Compares everything of a clip that is open or runs with what the scheduler knows.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="events">What happened to it since it was last looked at.</param>
    /// <param name="state">Its state behind them.</param>
    /// <param name="now">When attempts began of which nothing is known but that they run.</param>
    public void Synchronise(ClipId clip, IReadOnlyList<ClipEvent> events, ClipState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(state);
        foreach (var happened in events) End(clip, happened);
        if (state.Phase is not ClipPhase.Running && state.RunningIds.IsEmpty)
        {
            scheduler.RemoveClip(clip);
            return;
        }

        scheduler.SetClip(clip, new ClipTerms(state.Project, state.Priority, state.Weight));
        foreach (var id in scheduler.TasksOf(clip).Where(id => !state.RunningIds.Contains(id) && !state.IsOpen(id)).ToArray())
            scheduler.Ended(clip, id, now, isTypical: false);
        foreach (var (id, task) in state.Running) Start(clip, id, task, StartOf(events, id) ?? now, state);
        foreach (var id in state.Ready) Offer(clip, id, state);
    }

    private void Follow(ClipId clip, ClipEvent happened, ClipState state)
    {
        if (happened is ClipEvent.Prioritised)
        {
            scheduler.SetClip(clip, new ClipTerms(state.Project, state.Priority, state.Weight));
            return;
        }

        if (happened is ClipEvent.Claimed claimed)
        {
            var task = state.Tasks[claimed.Task];
            if (task.Phase == TaskPhase.Running && task.Epoch == claimed.Epoch) Start(clip, claimed.Task, task, claimed.At, state);
            return;
        }

        if (End(clip, happened) is not { } ended) return;
        if (state.IsOpen(ended)) Offer(clip, ended, state);
        var next = ended with { TaskIndex = ended.TaskIndex + 1 };
        if (happened is ClipEvent.TaskCompleted && state.Tasks.TryGetValue(next, out var link) && link.Plan.AfterPrevious && state.IsOpen(next))
            Offer(clip, next, state);
    }

    private void Start(ClipId clip, TaskId id, TaskState task, DateTimeOffset at, ClipState state)
    {
        var offer = scheduler.TryFind(clip, id, out var known) ? known.Offer : OfferOf(id, state);
        scheduler.Started(clip, offer, NodeOf(task.Worker), task.Epoch, at);
    }

    private void Offer(ClipId clip, TaskId id, ClipState state)
    {
        scheduler.Offer(clip, OfferOf(id, state));
    }

    private TaskId? End(ClipId clip, ClipEvent happened)
    {
        TaskId? ended = happened switch
        {
            ClipEvent.TaskCompleted e => e.Task,
            ClipEvent.TaskFailed e => e.Task,
            ClipEvent.Released e => e.Task,
            _ => null,
        };
        if (ended is not { } id) return null;
        scheduler.Ended(clip, id, happened.At, happened is ClipEvent.TaskCompleted);
        return id;
    }

    private static TaskOffer OfferOf(TaskId id, ClipState state)
    {
        var (task, stage) = (state.Tasks[id], state.Stages[id.Stage]);
        NodeId? warm = null;
        if (task.Plan.AfterPrevious && id.TaskIndex > 0 && state.Tasks[id with { TaskIndex = id.TaskIndex - 1 }].Worker is { } before) warm = NodeOf(before);
        return new TaskOffer(id, StageOrder(state, id.Stage), stage.Spec.Pool, task.Plan.Needs ?? ResourceRequest.None, task.AboveMemory, warm,
            task.Failures.IsEmpty ? null : Failing(task), task.Failures.IsEmpty ? null : task.Failures.Max(f => f.PauseUntil),
            state.Tasks.TryGetValue(id with { TaskIndex = id.TaskIndex + 1 }, out var next) && next.Plan.AfterPrevious ? stage.TaskCount!.Value - id.TaskIndex - 1 : 0);
    }

    /// <summary>Where it failed for other reasons than its own size.</summary>
    private static NodeId[] Failing(TaskState task) =>
        task.Failures.Where(f => f.Kind != FailureKind.OutOfMemory && f.Worker.Length > 0).Select(f => NodeOf(f.Worker)).Distinct().ToArray();

    private static int StageOrder(ClipState state, StageName stage)
    {
        for (var i = 0; i < state.Specs.Length; i++)
            if (state.Specs[i].Name == stage) return i;
        return 0;
    }

    private static DateTimeOffset? StartOf(IReadOnlyList<ClipEvent> events, TaskId id) =>
        events.OfType<ClipEvent.Claimed>().LastOrDefault(e => e.Task == id)?.At;

    private static NodeId NodeOf(string? worker) => new(worker ?? "unknown");

    private static bool AreOrdinary(IReadOnlyList<ClipEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
            if (!IsOrdinary(events[i])) return false;
        return true;
    }

    private static bool IsOrdinary(ClipEvent happened) => happened is ClipEvent.Renewed or ClipEvent.Claimed or ClipEvent.TaskCompleted
        or ClipEvent.TaskFailed or ClipEvent.Released or ClipEvent.Prioritised;
}
