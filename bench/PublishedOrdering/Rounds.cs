using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Bench.PublishedOrdering;

/// <summary>Both orders of work in turn, so that a busy machine slows both alike.</summary>
internal static class Rounds
{
    /// <returns>The cost of one pair: medians over the rounds.</returns>
    public static (PairCost Published, PairCost Ours) Cost(Case work, NetworkSettings settings, bool warmup, int rounds)
    {
        using var ours = Ours(work, settings with { UseMotionMask = false, MovingAnchor = 0, Epochs = 1000, WarmupEpochs = warmup ? 1000 : 0 });
        using var published = new PublishedStep(work, settings);
        var (a, b) = (new List<PairCost>(), new List<PairCost>());
        for (var round = -1; round < rounds; round++)
        {
            var mine = PairCost.Of(() => ours.Run(ours.CompletedSteps + 1, null, CancellationToken.None));
            var theirs = PairCost.Of(() =>
            {
                foreach (var flow in work.Flows.Take(Case.PairsPerStep)) published.Train(flow, warmup);
            });
            if (round < 0) continue;
            a.Add(theirs);
            b.Add(mine);
        }

        return (PairCost.Median(a), PairCost.Median(b));
    }

    /// <summary>Mean loss of all pairs at the first weights, both ways.</summary>
    public static (double Published, double Ours) Losses(Case work, NetworkSettings settings)
    {
        using var published = new PublishedStep(work, settings);
        using var ours = Ours(work, settings with { UseMotionMask = false, MovingAnchor = 0, Epochs = 10, WarmupEpochs = 0, BatchSize = work.Flows.Count / Case.PairsPerStep });
        return (work.Flows.Average(f => published.Loss(f, warmup: false)), ours.Run(1, null, CancellationToken.None)[0].Total);
    }

    public static NetworkOptimiser Ours(Case work, NetworkSettings settings) => new(work.Clip, work.Pictures,
        DepthNetworks.Open("unet", new DepthNetworkOptions { Seed = settings.Seed, Device = settings.Device }), settings);
}
