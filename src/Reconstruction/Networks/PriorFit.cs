using Depth3D.Messages;
using Depth3D.Reconstruction.Optimisation;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>Trains a network to give the prior depth of a clip, so that joint optimisation starts there. Deterministic for a seed.</summary>
public static class PriorFit
{
    private const int RandomStream = 2100;
    private const double FinalRateShare = 0.05;

    /// <param name="rgb">All frames, [N, 3, H, W], RGB in [0, 1].</param>
    /// <param name="prior">Their prior depth, [N, 1, H, W]; values that are not positive and finite are left out.</param>
    /// <returns>Mean |log depth - log prior| of every step's frames before that step.</returns>
    /// <exception cref="Depth3DException">No value of the prior can be used.</exception>
    public static IReadOnlyList<double> Run(IDepthNetwork network, Tensor rgb, Tensor prior, PriorFitSettings settings, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var valid = prior.gt(0).logical_and(prior.isfinite());
        if (!valid.any().item<bool>()) throw new Depth3DException("no value of the prior depth is positive and finite", null, "look at the stage prior's files");
        var target = where(valid, prior, ones_like(prior)).log();
        var weight = valid.to(ScalarType.Float32);
        if (network is UNet plain) plain.StartAt(target.sum().item<float>() / weight.sum().item<float>());
        using var adam = new AdamState(network.Parameters, 0.9, 0.99);
        var losses = new List<Tensor>();
        for (var step = 0; step < settings.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var frames = tensor(Frames(settings, step, rgb.shape[0]), device: rgb.device);
            losses.Add(Step(network, rgb.index_select(0, frames), target.index_select(0, frames), weight.index_select(0, frames)));
            adam.Step(settings.LearningRate * Cosine(step, settings.Steps), step + 1);
        }

        return losses.Count == 0 ? [] : [.. stack(losses, 0).cpu().data<float>().ToArray().Select(v => (double)v)];
    }

    /// <summary>Leaves gradients behind and returns the loss.</summary>
    private static Tensor Step(IDepthNetwork network, Tensor rgb, Tensor target, Tensor weight)
    {
        using var scope = NewDisposeScope();
        var depth = network is IPriorDepthNetwork corrector ? corrector.Depth(rgb, target.exp()) : network.Depth(rgb);
        var loss = depth.log().sub(target).abs().mul(weight).sum().div(weight.sum().clamp_min(1));
        loss.backward();
        return loss.detach().MoveToOuterDisposeScope();
    }

    private static long[] Frames(PriorFitSettings settings, int step, long count)
    {
        var random = new CounterRandom(settings.Seed, step, RandomStream);
        return [.. Enumerable.Range(0, (int)Math.Min(settings.BatchFrames, count)).Select(i => (long)random.Below((int)count, (ulong)i))];
    }

    private static double Cosine(int step, int steps) =>
        FinalRateShare + ((1 - FinalRateShare) * 0.5 * (1 + Math.Cos(Math.PI * step / Math.Max(1, steps))));
}
