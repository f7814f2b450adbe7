using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>Which of a clip's tasks are open, running, or failed, kept event by event so that nobody has to look for them. Immutable.</summary>
/// <param name="Open">By pool: tasks that wait for nothing but a worker; whether the clip as a whole is held is not looked at.</param>
/// <param name="Running">Tasks with a running attempt.</param>
/// <param name="Failed">Tasks that failed for good.</param>
internal sealed record TaskSets(ImmutableArray<TaskIdSet> Open, TaskIdSet Running, TaskIdSet Failed)
{
    public static readonly TaskSets Empty = Of(StageIndex.Empty);

    public static TaskSets Of(StageIndex index)
    {
        var none = TaskIdSet.Of(index);
        return new([.. Enum.GetValues<WorkerPool>().Select(_ => none)], none, none);
    }

    /// <summary>Takes a task's place anew.</summary>
    public TaskSets Place(TaskId id, WorkerPool pool, TaskPhase phase, bool isOpen)
    {
        var open = Open[(int)pool];
        var openAfter = open.With(id, isOpen);
        var running = Running.With(id, phase == TaskPhase.Running);
        var failed = Failed.With(id, phase == TaskPhase.Failed);
        return ReferenceEquals(open, openAfter) && ReferenceEquals(running, Running) && ReferenceEquals(failed, Failed)
            ? this
            : new(ReferenceEquals(open, openAfter) ? Open : Open.SetItem((int)pool, openAfter), running, failed);
    }
}
