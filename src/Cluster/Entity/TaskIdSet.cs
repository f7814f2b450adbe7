using System.Collections;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>Some of a clip's tasks, in the order of stages and index. Immutable.</summary>
public sealed class TaskIdSet : IReadOnlyCollection<TaskId>
{
    private readonly TaskSets _sets;
    private readonly TaskKind _kind;
    private readonly WorkerPool? _pool;

    /// <param name="sets">All sets of the clip.</param>
    /// <param name="kind">Which of them.</param>
    /// <param name="pool">Only the tasks of this one; null for all.</param>
    internal TaskIdSet(TaskSets sets, TaskKind kind, WorkerPool? pool) => (_sets, _kind, _pool) = (sets, kind, pool);

    public int Count => _sets.Count(_kind, _pool);

    public bool IsEmpty => Count == 0;

    /// <summary>The first one.</summary>
    /// <exception cref="InvalidOperationException">The set is empty.</exception>
    public TaskId First => this.First();

    public bool Contains(TaskId id) => _sets.Contains(_kind, id, _pool);

    public IEnumerator<TaskId> GetEnumerator() => _sets.All(_kind, _pool).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
