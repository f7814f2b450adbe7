using System.Diagnostics;

namespace Depth3D.Bench.PublishedOrdering;

/// <summary>Milliseconds of one pair by the clock, and of all cores together, which a busy machine changes little.</summary>
internal readonly record struct PairCost(double Wall, double Cpu)
{
    public static PairCost Of(Action pairs)
    {
        using var process = Process.GetCurrentProcess();
        var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        pairs();
        var wall = watch.Elapsed;
        process.Refresh();
        return new PairCost(wall.TotalMilliseconds / Case.PairsPerStep, (process.TotalProcessorTime - before).TotalMilliseconds / Case.PairsPerStep);
    }

    public static PairCost Median(IReadOnlyList<PairCost> costs) =>
        new(costs.Select(c => c.Wall).Order().ElementAt(costs.Count / 2), costs.Select(c => c.Cpu).Order().ElementAt(costs.Count / 2));
}
