using System.Collections;
using System.Numerics;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>Some of a clip's tasks, in the order of stages and index: a bit per task. Immutable.</summary>
public sealed class TaskIdSet : IReadOnlyCollection<TaskId>
{
    private const int Bits = 64;
    private const int PageBits = 1024;

    private readonly StageIndex _index;

    /// <summary>By stage and page of tasks; a page without a task is empty.</summary>
    private readonly ulong[][][] _stages;

    private TaskIdSet(StageIndex index, ulong[][][] stages, int count) => (_index, _stages, Count) = (index, stages, count);

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    /// <summary>The first one.</summary>
    /// <exception cref="InvalidOperationException">The set is empty.</exception>
    public TaskId First => this.First();

    public bool Contains(TaskId id) => _index.Of(id.Stage) is >= 0 and var ordinal && Contains(ordinal, id.TaskIndex);

    /// <summary>Those of one stage.</summary>
    public IEnumerable<TaskId> Of(StageName stage) => _index.Of(stage) is >= 0 and var ordinal ? Of(ordinal) : [];

    public IEnumerator<TaskId> GetEnumerator() =>
        (IsEmpty ? [] : Enumerable.Range(0, _stages.Length).SelectMany(Of)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static TaskIdSet Of(StageIndex index) => new(index, [.. Enumerable.Repeat(Array.Empty<ulong[]>(), index.Count)], 0);

    /// <summary>The set with or without a task; itself when nothing changes.</summary>
    internal TaskIdSet With(TaskId id, bool isIn)
    {
        var ordinal = _index.Of(id.Stage);
        if (Contains(ordinal, id.TaskIndex) == isIn) return this;
        var (page, bit) = Math.DivRem(id.TaskIndex, PageBits);
        var stages = (ulong[][][])_stages.Clone();
        var pages = stages[ordinal] = Longer(stages[ordinal], page + 1, []);
        var words = pages[page] = Longer(pages[page], (bit / Bits) + 1, 0UL);
        words[bit / Bits] ^= 1UL << (bit % Bits);
        if (!isIn && !words.AsSpan().ContainsAnyExcept(0UL)) pages[page] = [];
        return new(_index, stages, Count + (isIn ? 1 : -1));
    }

    internal TaskIdSet Clear() => IsEmpty ? this : Of(_index);

    private IEnumerable<TaskId> Of(int ordinal)
    {
        var pages = _stages[ordinal];
        for (var page = 0; page < pages.Length; page++)
            for (var word = 0; word < pages[page].Length; word++)
                for (var left = pages[page][word]; left != 0; left &= left - 1)
                    yield return new TaskId(_index[ordinal], (page * PageBits) + (word * Bits) + BitOperations.TrailingZeroCount(left));
    }

    private bool Contains(int ordinal, int task)
    {
        var pages = _stages[ordinal];
        if (task < 0 || task / PageBits >= pages.Length) return false;
        var (words, bit) = (pages[task / PageBits], task % PageBits);
        return bit / Bits < words.Length && (words[bit / Bits] >> (bit % Bits) & 1) != 0;
    }

    /// <summary>A copy, at least so long.</summary>
    private static T[] Longer<T>(T[] items, int length, T missing)
    {
        var copy = new T[Math.Max(items.Length, length)];
        items.CopyTo(copy, 0);
        copy.AsSpan(items.Length).Fill(missing);
        return copy;
    }
}
