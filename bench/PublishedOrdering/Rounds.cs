using System.Diagnostics;
using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Bench.PublishedOrdering;

/// <summary>Both orders of work in turn, so that a busy machine slows both alike.</summary>
internal static class Rounds
{
    /// <returns>Milliseconds of one pair: the median over the rounds.</returns>
    public static (double Published, double Ours) Milliseconds(Case work, NetworkSettings settings, bool warmup, int rounds)
    {
        var (epochs, warm) = warmup ? (1000, 1000) : (1000, 0);
        using var ours = Ours(work, settings with { Epochs = epochs, WarmupEpochs = warm });
        using var published = new PublishedStep(work, settings);
        var (a, b) = (new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            ours.Run(ours.CompletedSteps + 1, null, CancellationToken.None);
            var mine = watch.Elapsed.TotalMilliseconds / Case.PairsPerStep;
            watch.Restart();
            foreach (var flow in work.Flows.Take(Case.PairsPerStep)) published.Train(flow, warmup);
            if (round < 0) continue;
            a.Add(watch.Elapsed.TotalMilliseconds / Case.PairsPerStep);
            b.Add(mine);
        }

        return (Median(a), Median(b));
    }

    /// <summary>Mean loss of all pairs at the first weights, both ways.</summary>
    public static (double Published, double Ours) Losses(Case work, NetworkSettings settings)
    {
        using var published = new PublishedStep(work, settings);
        using var ours = Ours(work, settings with { Epochs = 10, WarmupEpochs = 0, BatchSize = work.Flows.Count / Case.PairsPerStep });
        return (work.Flows.Average(f => published.Loss(f, warmup: false)), ours.Run(1, null, CancellationToken.None)[0].Total);
    }

    public static NetworkOptimiser Ours(Case work, NetworkSettings settings) => new(work.Clip, work.Pictures,
        DepthNetworks.Open("unet", new DepthNetworkOptions { Seed = settings.Seed, Device = settings.Device }), settings);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
