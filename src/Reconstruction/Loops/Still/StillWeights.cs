using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>How much of every texel the views see.</summary>
internal static class StillWeights
{
    /// <summary>Side of the window in which a texel must be seen throughout.</summary>
    private const int Speck = 3;

    /// <summary>
    /// [planes, 1, h, w]: largest composite weight over the views. A value on a texel shows in a view by its weight, so the derivative of all that shows is
    /// the weight.
    /// </summary>
    public static Tensor Of(Tensor logits, StillLevelGeometry level, Device device)
    {
        using var scope = NewDisposeScope();
        var largest = zeros([logits.shape[0], 1, logits.shape[2], logits.shape[3]], device: device);
        for (var view = 0; view < level.Cameras.Count; view++)
        {
            using var inner = NewDisposeScope();
            var camera = level.Cameras[view];
            var grid = PlaneLookup.Grid(level.TexelFromPixel(view), (0, 0, camera.Width, camera.Height), (0, 0, level.Plane.Width, level.Plane.Height), device);
            var marks = zeros_like(largest).requires_grad_();
            var seen = nn.functional.grid_sample(marks, grid, align_corners: true);
            seen.backward(Composite(logits, grid));
            largest.copy_(largest.maximum(marks.grad!));
        }

        return largest.MoveToOuterDisposeScope();
    }

    /// <summary>The least weight around every texel.</summary>
    public static Tensor WithoutSpecks(Tensor weights) => nn.functional.max_pool2d(weights.neg(), Speck, stride: 1, padding: Speck / 2).neg();

    /// <summary>[planes, 1, height, width]: light that passes the planes before.</summary>
    private static Tensor Composite(Tensor logits, Tensor grid)
    {
        using var frozen = no_grad();
        var alpha = nn.functional.grid_sample(logits.narrow(1, 3, 1).sigmoid(), grid, align_corners: true);
        var light = alpha.neg().add(1).clamp_min(1e-6).cumprod(0);
        var reaching = cat([ones_like(light.narrow(0, 0, 1)), light.narrow(0, 0, light.shape[0] - 1)]);
        return reaching.mul(alpha);
    }
}
