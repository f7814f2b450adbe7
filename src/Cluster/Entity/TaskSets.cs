using System.Numerics;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>
/// Which of a clip's tasks are open, running, or failed, kept event by event so that nobody has to look for them: bits that lie beside each
/// other, so that an event copies one small page. Immutable.
/// </summary>
internal sealed class TaskSets
{
    private const int WordTasks = 64;
    private const int PageWords = 16;

    /// <summary>Words of one page and one kind, and then the next kind's.</summary>
    private const int Kinds = 3;

    private readonly StageIndex _index;

    /// <summary>By stage: its first word; behind the last stage, how many words there are.</summary>
    private readonly int[] _starts;
    private readonly ulong[][] _pages;
    private readonly int _running, _failed;

    private TaskSets(StageIndex index, int[] starts, ulong[][] pages, int running, int failed) =>
        (_index, _starts, _pages, _running, _failed) = (index, starts, pages, running, failed);

    public static TaskSets Empty { get; } = Of(StageIndex.Empty);

    /// <summary>Tasks that wait for nothing but a worker; whether the clip as a whole is held is not looked at.</summary>
    public TaskIdSet Open(WorkerPool pool) => new(this, TaskKind.Open, pool);

    /// <summary>Tasks with a running attempt.</summary>
    public TaskIdSet Running => new(this, TaskKind.Running, null);

    /// <summary>Tasks that failed for good.</summary>
    public TaskIdSet Failed => new(this, TaskKind.Failed, null);

    public static TaskSets Of(StageIndex index) => new(index, new int[index.Count + 1], [], 0, 0);

    /// <summary>Makes room for the tasks of a stage, none of which is in a set yet.</summary>
    public TaskSets Plan(StageName stage, int tasks)
    {
        var (ordinal, words) = (_index.Of(stage), (tasks + WordTasks - 1) / WordTasks);
        var (first, old) = (_starts[ordinal], _starts[ordinal + 1] - _starts[ordinal]);
        var starts = (int[])_starts.Clone();
        for (var i = ordinal + 1; i < starts.Length; i++) starts[i] += words - old;
        var pages = Pages(starts[^1]);
        for (var word = 0; word < _starts[^1]; word++)
        {
            if (word >= first && word < first + old) continue;
            for (var kind = 0; kind < Kinds; kind++) Word(pages, word < first ? word : word + words - old, kind) = Word(_pages, word, kind);
        }

        return new(_index, starts, pages, Count(pages, TaskKind.Running), Count(pages, TaskKind.Failed));
    }

    /// <summary>Takes a task's place anew; itself when nothing changes.</summary>
    public TaskSets Place(TaskId id, TaskPhase phase, bool isOpen)
    {
        var (word, bit) = At(_index.Of(id.Stage), id.TaskIndex);
        if (Is(word, bit, TaskKind.Open) == isOpen && Is(word, bit, TaskKind.Running) == (phase == TaskPhase.Running)
            && Is(word, bit, TaskKind.Failed) == (phase == TaskPhase.Failed)) return this;
        var pages = (ulong[][])_pages.Clone();
        pages[word / PageWords] = (ulong[])pages[word / PageWords].Clone();
        var (running, failed) = (_running, _failed);
        Put(pages, word, bit, phase, isOpen, ref running, ref failed);
        return new(_index, _starts, pages, running, failed);
    }

    /// <summary>The same for many tasks of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="tasks">Its tasks by index, and whether each is open.</param>
    public TaskSets Place(StageName stage, IEnumerable<(TaskPhase Phase, bool IsOpen)> tasks)
    {
        var (ordinal, index, running, failed) = (_index.Of(stage), 0, _running, _failed);
        ulong[][] pages = [.. _pages.Select(p => (ulong[])p.Clone())];
        foreach (var (phase, isOpen) in tasks)
        {
            var (word, bit) = At(ordinal, index++);
            Put(pages, word, bit, phase, isOpen, ref running, ref failed);
        }

        return new(_index, _starts, pages, running, failed);
    }

    public bool Contains(TaskKind kind, TaskId id, WorkerPool? pool)
    {
        var ordinal = _index.Of(id.Stage);
        if (ordinal < 0 || (pool is not null && _index.PoolOf(ordinal) != pool) || id.TaskIndex < 0) return false;
        var (word, bit) = At(ordinal, id.TaskIndex);
        return word < _starts[ordinal + 1] && Is(word, bit, kind);
    }

    public int Count(TaskKind kind, WorkerPool? pool) => kind switch
    {
        TaskKind.Running => _running,
        TaskKind.Failed => _failed,
        _ => Ordinals(pool).Sum(o => Enumerable.Range(_starts[o], _starts[o + 1] - _starts[o]).Sum(w => BitOperations.PopCount(Word(_pages, w, (int)kind)))),
    };

    /// <summary>In the order of stages and index.</summary>
    public IEnumerable<TaskId> All(TaskKind kind, WorkerPool? pool) => Ordinals(pool).SelectMany(o => All(kind, o));

    /// <summary>Those of one stage.</summary>
    public IEnumerable<TaskId> All(TaskKind kind, StageName stage) => _index.Of(stage) is >= 0 and var ordinal ? All(kind, ordinal) : [];

    private IEnumerable<TaskId> All(TaskKind kind, int ordinal)
    {
        var first = _starts[ordinal];
        for (var word = first; word < _starts[ordinal + 1]; word++)
            for (var left = Word(_pages, word, (int)kind); left != 0; left &= left - 1)
                yield return new TaskId(_index[ordinal], ((word - first) * WordTasks) + BitOperations.TrailingZeroCount(left));
    }

    private IEnumerable<int> Ordinals(WorkerPool? pool) => Enumerable.Range(0, _index.Count).Where(o => pool is null || _index.PoolOf(o) == pool);

    private (int Word, ulong Bit) At(int ordinal, int task) => (_starts[ordinal] + (task / WordTasks), 1UL << (task % WordTasks));

    private bool Is(int word, ulong bit, TaskKind kind) => (Word(_pages, word, (int)kind) & bit) != 0;

    /// <summary>Puts a task in its place in pages that nobody else sees yet.</summary>
    private static void Put(ulong[][] pages, int word, ulong bit, TaskPhase phase, bool isOpen, ref int running, ref int failed)
    {
        Set(ref Word(pages, word, (int)TaskKind.Open), bit, isOpen);
        running += Set(ref Word(pages, word, (int)TaskKind.Running), bit, phase == TaskPhase.Running);
        failed += Set(ref Word(pages, word, (int)TaskKind.Failed), bit, phase == TaskPhase.Failed);
    }

    /// <returns>By how many the set has grown.</returns>
    private static int Set(ref ulong word, ulong bit, bool isIn)
    {
        if ((word & bit) != 0 == isIn) return 0;
        word ^= bit;
        return isIn ? 1 : -1;
    }

    private static ref ulong Word(ulong[][] pages, int word, int kind)
    {
        var page = pages[word / PageWords];
        return ref page[(kind * (page.Length / Kinds)) + (word % PageWords)];
    }

    private static ulong[][] Pages(int words) =>
        [.. Enumerable.Range(0, (words + PageWords - 1) / PageWords).Select(p => new ulong[Kinds * Math.Min(words - (p * PageWords), PageWords)])];

    private static int Count(ulong[][] pages, TaskKind kind)
    {
        var count = 0;
        foreach (var page in pages)
            foreach (var word in page.AsSpan((int)kind * (page.Length / Kinds), page.Length / Kinds)) count += BitOperations.PopCount(word);
        return count;
    }
}
