using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Which clips may begin. A project's clips begin one after the other, by priority and then by age, as soon as the work of those before them
/// no longer fills its share of the pools; the others wait without tasks, so that a clip in progress finishes early and what is kept in
/// memory grows with the cluster and not with the queue. Nobody waits for its turn behind work of lower priority. It has no clock and no
/// I/O. Used by one thread at a time. Rules and reasons: docs/decisions/0016-admission.md.
/// </summary>
public sealed class Admission
{
    /// <summary>Work on its way to a pool and waiting there is enough when it lasts so many times longer than the way.</summary>
    private const double Cushion = 1.25;

    private readonly Scheduler _scheduler;
    private readonly bool _admitsAll;
    private readonly int _leastInProgress;
    private readonly Dictionary<string, int> _inProgress = new(StringComparer.Ordinal);
    private readonly SortedList<string, ProjectLine> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<ClipId, NewClip> _waiting = [];
    private readonly Dictionary<ClipId, AdmittedClip> _admitted = [];
    private readonly PriorityCounts _priorities = new();
    private readonly PoolPace[] _paces = [.. Pools.All.Select(_ => new PoolPace())];
    private readonly double[] _leaving = new double[Pools.All.Count];
    private int _lineWeights;

    public Admission(Scheduler scheduler, SchedulerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_scheduler, _admitsAll, _leastInProgress) = (scheduler, options.AdmitsAll, Math.Max(options.LeastInProgress, 1));
    }

    /// <summary>Clips that wait for their turn.</summary>
    public int WaitingCount => _waiting.Count;

    public bool IsWaiting(ClipId clip) => _waiting.ContainsKey(clip);

    /// <summary>
    /// Whether a clip is to be moved on, by its state: it is in progress, or its turn has come. Otherwise it waits from now on, unless it is
    /// held back; its turn is then told by <see cref="Next"/>.
    /// </summary>
    public bool HasTurn(ClipId clip, ClipState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_admitsAll) return true;
        if (state.Phase != ClipPhase.Running || state.HasBegun)
        {
            Continue(clip, state);
            return true;
        }

        if (!state.Plannable.Any()) Forget(clip);
        else if (_admitted.ContainsKey(clip)) return true;
        else Wait(NewClip.Of(clip, state));
        return false;
    }

    /// <summary>The clip has ended, or is held back before it began.</summary>
    public void Forget(ClipId clip)
    {
        if (_waiting.Remove(clip, out var waiting))
        {
            _lines[waiting.Terms.Project].Remove(waiting);
            DropIfEmpty(waiting.Terms.Project);
            _priorities.Change(waiting.Terms.Priority, -1);
        }

        if (!_admitted.Remove(clip, out var admitted)) return;
        CountInProgress(admitted.Terms.Project, -1);
        Unplan(admitted);
        Come(admitted.Terms.Project, admitted.Later, -1);
        _priorities.Change(admitted.Terms.Priority, -1);
    }

    /// <summary>A stage of a clip in progress was split into tasks.</summary>
    public void Planned(ClipId clip, WorkerPool pool, int tasks, DateTimeOffset now)
    {
        if (!_admitted.TryGetValue(clip, out var known)) return;
        Unplan(known);
        if (known.Planning == pool) _paces[(int)pool].Brings(tasks);
        var isFirst = (known.Later >> (int)pool & 1) != 0;
        if (isFirst)
        {
            _paces[(int)pool].Brings(tasks);
            if (known.At is { } at) _paces[(int)pool].Reached(now - at);
            Come(known.Terms.Project, 1 << (int)pool, -1);
        }

        _admitted[clip] = known with { Planning = null, Later = known.Later & ~(1 << (int)pool) };
    }

    /// <summary>The clip whose turn has come, which is in progress from now on; null when it is nobody's.</summary>
    public ClipId? Next(DateTimeOffset now)
    {
        if (_waiting.Count == 0) return null;
        CountLeaving();
        for (var i = 0; i < _lines.Count; i++)
        {
            var line = _lines.GetValueAtIndex(i);
            if (line.Head is not { } head || !MayBegin(line, head)) continue;
            line.Remove(head);
            _waiting.Remove(head.Clip);
            _admitted[head.Clip] = new AdmittedClip(head.Terms, now, head.First, head.Later);
            CountInProgress(head.Terms.Project, 1);
            Come(head.Terms.Project, head.Later, 1);
            line.Planning[(int)head.First].Change(head.Terms.Priority, 1);
            return head.Clip;
        }

        return null;
    }

    /// <summary>Clips of its project that come before a waiting one.</summary>
    public int Before(ClipId clip) => _waiting.TryGetValue(clip, out var waiting) ? _lines[waiting.Terms.Project].Before(waiting) : 0;

    private void Wait(NewClip clip)
    {
        if (_waiting.TryGetValue(clip.Clip, out var known) && known == clip) return;
        Forget(clip.Clip);
        _waiting[clip.Clip] = clip;
        LineOf(clip.Terms.Project).Add(clip);
        _priorities.Change(clip.Terms.Priority, 1);
    }

    /// <summary>A clip is in progress: it was when it became known, or its terms changed.</summary>
    private void Continue(ClipId clip, ClipState state)
    {
        var terms = new ClipTerms(state.Project, state.Priority, state.Weight);
        if (_admitted.TryGetValue(clip, out var known) && known.Terms == terms) return;
        Forget(clip);
        var later = state.Specs.Where(s => state.Stages[s.Name].TaskCount is null).Aggregate(0, (bits, s) => bits | (1 << (int)s.Pool));
        foreach (var spec in state.Specs)
            if (state.Stages[spec.Name].TaskCount is not null) later &= ~(1 << (int)spec.Pool);
        _admitted[clip] = new AdmittedClip(terms, known?.At, null, later);
        CountInProgress(terms.Project, 1);
        Come(terms.Project, later, 1);
        _priorities.Change(terms.Priority, 1);
    }

    private void CountInProgress(string project, int change)
    {
        var count = _inProgress.GetValueOrDefault(project) + change;
        if (count > 0) _inProgress[project] = count;
        else _inProgress.Remove(project);
    }

    private void Come(string project, int pools, int change)
    {
        for (var i = 0; i < _paces.Length; i++)
            if ((pools >> i & 1) != 0) _scheduler.Pool((WorkerPool)i).Come(project, change);
    }

    private bool MayBegin(ProjectLine line, NewClip clip)
    {
        var pool = _scheduler.Pool(clip.First);
        if (pool.SlotCount == 0) return false;
        if (_inProgress.GetValueOrDefault(clip.Terms.Project) < _leastInProgress) return true;
        var (priority, tasksOfOne) = (clip.Terms.Priority, _paces[(int)clip.First].Tasks);
        var planning = line.Planning[(int)clip.First].From(priority);
        if (tasksOfOne is null && planning >= _leastInProgress) return false;
        var before = line.Share(pool).Tasks.From(priority) + (planning * Math.Max(tasksOfOne ?? 1, 1));
        if (priority > _priorities.Lowest) return before < pool.SlotCount;
        var share = (double)line.Weight / Math.Max(Math.Max(_lineWeights, pool.WaitingWeight), line.Weight);
        return before < Math.Max(pool.SlotCount * share, 1) && !AnyIsFull(line, clip.Later);
    }

    /// <summary>In one of these pools the project has work, there or on its way, that lasts longer than a clip that begins now takes to get there.</summary>
    private bool AnyIsFull(ProjectLine line, int pools)
    {
        for (var i = 0; i < _paces.Length; i++)
        {
            if ((pools >> i & 1) == 0 || _paces[i] is not { Latency: { } latency, Tasks: { } tasks }) continue;
            var pool = _scheduler.Pool((WorkerPool)i);
            var share = line.Share(pool);
            if (pool.SlotCount == 0 || share.Tasks.Total == 0) continue;
            var enough = Cushion * latency.TotalSeconds * pool.SlotCount / (pool.TypicalSeconds ?? pool.Estimate);
            if (share.WorkWith(tasks) > Math.Max(PartNow(line, pool, enough), PartLater(line, enough - _leaving[i]))) return true;
        }

        return false;
    }

    /// <summary>A project's part of a pool beside those that have tasks there.</summary>
    private static double PartNow(ProjectLine line, PoolBook pool, double tasks) => tasks * line.Weight / Math.Max(pool.WaitingWeight, line.Weight);

    /// <summary>The same beside those that go on to bring some: nobody waits with new clips until a project that has no more of them is through.</summary>
    private double PartLater(ProjectLine line, double tasks) => tasks * line.Weight / Math.Max(_lineWeights, line.Weight);

    /// <summary>Finds what is in each pool, or on its way, of projects that have no clips in line.</summary>
    private void CountLeaving()
    {
        for (var i = 0; i < _paces.Length; i++)
        {
            if (_paces[i].Tasks is not { } tasks) continue;
            var pool = _scheduler.Pool((WorkerPool)i);
            _leaving[i] = pool.Work + (pool.Coming * tasks);
            for (var j = 0; j < _lines.Count; j++) _leaving[i] -= _lines.GetValueAtIndex(j).Share(pool).WorkWith(tasks);
        }
    }

    private ProjectLine LineOf(string project)
    {
        if (_lines.TryGetValue(project, out var line)) return line;
        line = _lines[project] = new ProjectLine([.. Pools.All.Select(p => _scheduler.Pool(p).ProjectOf(project))]);
        _lineWeights += line.Weight;
        return line;
    }

    private void Unplan(AdmittedClip clip)
    {
        if (clip.Planning is not { } pool) return;
        _lines[clip.Terms.Project].Planning[(int)pool].Change(clip.Terms.Priority, -1);
        DropIfEmpty(clip.Terms.Project);
    }

    private void DropIfEmpty(string project)
    {
        if (!_lines.TryGetValue(project, out var line) || !line.IsEmpty) return;
        _lines.Remove(project);
        _lineWeights -= line.Weight;
    }
}
