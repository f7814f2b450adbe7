using System.Diagnostics;

namespace Depth3D.TensorOverhead;

/// <summary>
/// Two ways of doing the same work, in turns, in one process; of each the fastest round, which neighbours disturb least. Processor time
/// is compared too: on a busy machine wall time says more about the neighbours.
/// </summary>
internal sealed record Comparison(Cost Managed, Cost Native)
{
    internal double WallRatio => Managed.WallSeconds / Native.WallSeconds;

    internal double CpuRatio => Managed.CpuSeconds / Native.CpuSeconds;

    internal static Comparison Run(int rounds, Action managed, Action native)
    {
        managed();
        native();
        var (ours, theirs) = (new Cost[rounds], new Cost[rounds]);
        for (var i = 0; i < rounds; ++i)
        {
            if (i % 2 == 0) ours[i] = Cost.Of(managed);
            theirs[i] = Cost.Of(native);
            if (i % 2 == 1) ours[i] = Cost.Of(managed);
        }

        return new Comparison(Best(ours), Best(theirs));
    }

    private static Cost Best(Cost[] costs) => new(costs.Min(c => c.WallSeconds), costs.Min(c => c.CpuSeconds));
}

/// <summary>What a piece of work took: time on the wall, and processor time of all threads of this process.</summary>
internal readonly record struct Cost(double WallSeconds, double CpuSeconds)
{
    internal static Cost Of(Action work)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        work();
        return new Cost(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }
}
