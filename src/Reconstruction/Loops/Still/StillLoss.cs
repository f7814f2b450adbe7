using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>The losses of stage 1 (video-loop spec 3.2).</summary>
internal static class StillLoss
{
    private const double Offset = 0.01, MaskMargin = 0.001;

    /// <param name="target">[4, height, width]: the view's colours, and 1 where it can loop.</param>
    /// <param name="density">Weight of the density at this update.</param>
    /// <returns>The weighted sum to be differentiated, and the terms alone as one tensor: photometric, mask, sparsity, colour and alpha variation, density.</returns>
    public static (Tensor Total, Tensor Terms) Of(StillRender render, Tensor target, StillSettings settings, double density)
    {
        var wanted = target.narrow(0, 0, 3);
        var photometric = render.Colour.mul(Exposure(render.Colour, wanted)).sub(wanted).square().mean();
        var likely = render.Loopability.clamp(MaskMargin, 1 - MaskMargin);
        var loops = target[3];
        var mask = loops.mul(likely.log()).add(loops.neg().add(1).mul(likely.neg().add(1).log())).mean().neg();
        var planes = (double)render.Layers.shape[0];
        var alpha = render.Layers.narrow(1, 3, 1);
        var sparsity = alpha.sum(0).div(alpha.square().sum(0).sqrt().clamp_min(1e-6)).mean().div(Math.Sqrt(planes));
        var colours = Variation(render.Layers.narrow(1, 0, 3)).mul(planes / 32);
        var alphas = Variation(alpha).mul(planes / 32);
        var empty = render.Coverage.sub(1).abs().mean();
        var total = photometric.add(mask.mul(settings.Mask)).add(sparsity.mul(settings.Sparsity)).add(colours.mul(settings.ColourVariation))
            .add(alphas.mul(settings.AlphaVariation)).add(empty.mul(density));
        return (total, stack([photometric, mask, sparsity, colours, alphas, empty]).detach());
    }

    /// <summary>g = (s + 3) / 4: a quarter of the measured exposure ratio.</summary>
    private static Tensor Exposure(Tensor colour, Tensor wanted) =>
        wanted.add(Offset).log().sub(colour.detach().add(Offset).log()).mean().exp().add(3).div(4);

    /// <summary>Mean of |dx| plus mean of |dy|.</summary>
    private static Tensor Variation(Tensor layers)
    {
        var (height, width) = (layers.shape[2], layers.shape[3]);
        var dx = layers.narrow(3, 1, width - 1).sub(layers.narrow(3, 0, width - 1)).abs().mean();
        var dy = layers.narrow(2, 1, height - 1).sub(layers.narrow(2, 0, height - 1)).abs().mean();
        return dx.add(dy);
    }
}
