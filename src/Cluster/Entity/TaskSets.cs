using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>Which of a clip's tasks are open, running, or failed, kept event by event so that nobody has to look for them. Immutable.</summary>
/// <param name="Open">By pool: tasks that wait for nothing but a worker; whether the clip as a whole is held is not looked at.</param>
/// <param name="Running">Tasks with a running attempt.</param>
/// <param name="Failed">Tasks that failed for good.</param>
internal sealed record TaskSets(
    ImmutableArray<ImmutableSortedSet<TaskId>> Open, ImmutableSortedSet<TaskId> Running, ImmutableSortedSet<TaskId> Failed)
{
    public static readonly TaskSets Empty = Of([]);

    public static TaskSets Of(ImmutableArray<StageSpec> specs)
    {
        var none = ImmutableSortedSet.Create<TaskId>(new TaskOrder(specs));
        return new([.. Enum.GetValues<WorkerPool>().Select(_ => none)], none, none);
    }

    /// <summary>Takes a task's place anew.</summary>
    public TaskSets Place(TaskId id, WorkerPool pool, TaskPhase phase, bool isOpen)
    {
        var open = Open[(int)pool];
        var openAfter = With(open, id, isOpen);
        var running = With(Running, id, phase == TaskPhase.Running);
        var failed = With(Failed, id, phase == TaskPhase.Failed);
        return ReferenceEquals(open, openAfter) && ReferenceEquals(running, Running) && ReferenceEquals(failed, Failed)
            ? this
            : new(ReferenceEquals(open, openAfter) ? Open : Open.SetItem((int)pool, openAfter), running, failed);
    }

    /// <summary>Adds tasks that are open, many at once.</summary>
    public TaskSets AddOpen(WorkerPool pool, IEnumerable<TaskId> ids) =>
        this with { Open = Open.SetItem((int)pool, Open[(int)pool].Union(ids)) };

    private static ImmutableSortedSet<TaskId> With(ImmutableSortedSet<TaskId> set, TaskId id, bool isIn) => isIn ? set.Add(id) : set.Remove(id);
}
