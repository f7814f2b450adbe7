using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>
/// Draws a patch of the still scene by the canonical rule: activate, premultiply per texel, filter bilinearly, composite from near to far. Loopability is
/// composited with the same weights, which it does not change (video-loop spec 2.5).
/// </summary>
/// <param name="Layers">[planes, 5, height, width]: premultiplied colour, alpha, premultiplied loopability, near to far.</param>
/// <param name="Colour">[3, height, width].</param>
/// <param name="Coverage">[height, width]: A.</param>
/// <param name="Loopability">[height, width].</param>
internal sealed record StillRender(Tensor Layers, Tensor Colour, Tensor Coverage, Tensor Loopability)
{
    /// <param name="logits">[planes, 5, h, w] of the part of the planes that the grid looks at.</param>
    /// <param name="grid">[planes, height, width, 2].</param>
    public static StillRender Of(Tensor logits, Tensor grid)
    {
        var values = logits.sigmoid();
        var alpha = values.narrow(1, 3, 1);
        var texels = cat([values.narrow(1, 0, 3).mul(alpha), alpha, values.narrow(1, 4, 1).mul(alpha.detach())], 1);
        var layers = nn.functional.grid_sample(texels, grid, align_corners: true);
        var light = layers.narrow(1, 3, 1).neg().add(1).clamp_min(1e-6).cumprod(0);
        var reaching = cat([ones_like(light.narrow(0, 0, 1)), light.narrow(0, 0, light.shape[0] - 1)]);
        var colour = layers.narrow(1, 0, 4).mul(reaching).sum(0);
        var loopability = layers.narrow(1, 4, 1).mul(reaching.detach()).sum(0).squeeze(0);
        return new StillRender(layers, colour.narrow(0, 0, 3), colour.narrow(0, 3, 1).squeeze(0), loopability);
    }
}
