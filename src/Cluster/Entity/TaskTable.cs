using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>The tasks of a clip's planned stages by id, in the order of stages and index. Immutable; a change costs the logarithm of their number.</summary>
public sealed class TaskTable : IReadOnlyCollection<KeyValuePair<TaskId, TaskState>>
{
    private readonly StageIndex _index;
    private readonly FixedVector<TaskState>[] _stages;

    private TaskTable(StageIndex index, FixedVector<TaskState>[] stages) => (_index, _stages) = (index, stages);

    public static TaskTable Empty { get; } = Of(StageIndex.Empty);

    public int Count => _stages.Sum(s => s.Count);

    public IEnumerable<TaskState> Values => this.Select(t => t.Value);

    /// <exception cref="KeyNotFoundException">There is no such task.</exception>
    public TaskState this[TaskId id] => TryGetValue(id, out var task) ? task : throw new KeyNotFoundException($"the clip has no task {id}");

    public bool TryGetValue(TaskId id, [NotNullWhen(true)] out TaskState? task)
    {
        task = null;
        var ordinal = _index.Of(id.Stage);
        if (ordinal < 0 || (uint)id.TaskIndex >= (uint)_stages[ordinal].Count) return false;
        task = _stages[ordinal][id.TaskIndex];
        return true;
    }

    /// <summary>The link before this one is settled, or the task is no link of a chain.</summary>
    public bool ChainAllows(TaskId id, TaskState task) =>
        !task.Plan.AfterPrevious || id.TaskIndex == 0 || this[id with { TaskIndex = id.TaskIndex - 1 }].IsSettled;

    /// <summary>Changes a task that is there.</summary>
    public TaskTable SetItem(TaskId id, TaskState task)
    {
        var ordinal = _index.Of(id.Stage);
        return With(ordinal, _stages[ordinal].SetItem(id.TaskIndex, task));
    }

    public IEnumerator<KeyValuePair<TaskId, TaskState>> GetEnumerator()
    {
        for (var ordinal = 0; ordinal < _stages.Length; ordinal++)
            for (var i = 0; i < _stages[ordinal].Count; i++) yield return new(new TaskId(_index[ordinal], i), _stages[ordinal][i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static TaskTable Of(StageIndex index) => new(index, [.. Enumerable.Repeat(FixedVector<TaskState>.Empty, index.Count)]);

    /// <summary>Gives a stage all its tasks.</summary>
    internal TaskTable SetStage(StageName stage, IReadOnlyList<TaskState> tasks) => With(_index.Of(stage), FixedVector<TaskState>.Of(tasks));

    private TaskTable With(int ordinal, FixedVector<TaskState> tasks)
    {
        var stages = (FixedVector<TaskState>[])_stages.Clone();
        stages[ordinal] = tasks;
        return new(_index, stages);
    }
}
