using Depth3D.Messages;

namespace Depth3D.Cluster.Fixtures.Simulation;

/// <summary>Adds up slot time per project, but only while all projects have enough waiting in the pool: only then is anything shared.</summary>
internal sealed class ShareMeter(IReadOnlyList<int> weights)
{
    /// <summary>Fewer tasks than this may only be on their way to a free slot.</summary>
    private const int Enough = 10;

    private static readonly int Pools = Enum.GetValues<WorkerPool>().Length;

    private readonly int[,] _waiting = new int[Pools, weights.Count];
    private readonly int[,] _running = new int[Pools, weights.Count];
    private readonly double[,] _seconds = new double[Pools, weights.Count];
    private readonly TimeSpan[] _since = new TimeSpan[Pools];

    public TimeSpan Total => TimeSpan.FromSeconds(_seconds.Cast<double>().Sum());

    public void Waiting(WorkerPool pool, int project, int change, TimeSpan now) => Change(_waiting, pool, project, change, now);

    public void Running(WorkerPool pool, int project, int change, TimeSpan now) => Change(_running, pool, project, change, now);

    /// <summary>Largest relative deviation, over pools with at least a thousand seconds per project to compare.</summary>
    public double Error()
    {
        var worst = 0.0;
        for (var pool = 0; pool < Pools; pool++)
        {
            var total = Enumerable.Range(0, weights.Count).Sum(p => _seconds[pool, p]);
            if (total < 1000 * weights.Count) continue;
            for (var p = 0; p < weights.Count; p++)
            {
                var share = (double)weights[p] / weights.Sum();
                worst = Math.Max(worst, Math.Abs(_seconds[pool, p] / total - share) / share);
            }
        }

        return worst;
    }

    private void Change(int[,] counts, WorkerPool pool, int project, int change, TimeSpan now)
    {
        var p = (int)pool;
        var isShared = true;
        for (var i = 0; i < weights.Count; i++) isShared &= _waiting[p, i] >= Enough;
        if (isShared)
            for (var i = 0; i < weights.Count; i++) _seconds[p, i] += _running[p, i] * (now - _since[p]).TotalSeconds;
        _since[p] = now;
        counts[p, project] += change;
    }
}
