using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>
/// A first scene from a plane sweep: every texel has the views' mean colour, and along each ray of the reference camera the planes share the opacity by how
/// well the views agree there. The planes' texels lie on common rays, so shares become alphas exactly (spec 9.4, check B5).
/// </summary>
internal static class StillInit
{
    /// <summary>Variance over the views, colours 0..1, that costs a plane a factor e.</summary>
    private const double Tolerance = 0.0015;

    /// <summary>Side of the window over which agreement is averaged, texels.</summary>
    private const int Window = 5;

    /// <summary>Variance of a place that fewer than two views see.</summary>
    private const double Unknown = 0.02;

    /// <summary>Logits [planes, 5, height, width] of red, green, blue, alpha and loopability.</summary>
    /// <param name="pictures">[views, 4, h, w] colours and mask.</param>
    public static Tensor Of(StillLevelGeometry geometry, Tensor pictures, int planes, Device device)
    {
        using var scope = NewDisposeScope();
        var maps = Enumerable.Range(0, geometry.Cameras.Count).Select(v => geometry.TexelFromPixel(v)).ToArray();
        List<Tensor> means = [], variances = [];
        for (var k = 0; k < planes; k++)
        {
            using var inner = NewDisposeScope();
            var (mean, variance) = Sweep(geometry, pictures, [.. maps.Select(m => m[k]?.Inverse())], device);
            means.Add(mean.MoveToOuterDisposeScope());
            variances.Add(variance.MoveToOuterDisposeScope());
        }

        var colours = stack(means);
        var shares = stack(variances).div(-Tolerance).softmax(0);
        var before = shares.cumsum(0).sub(shares);
        var alpha = shares.div(before.neg().add(1).clamp_min(1e-3)).clamp(0.01, 0.97).unsqueeze(1);
        var values = cat([colours.narrow(1, 0, 3).clamp(0.02, 0.98), alpha, colours.narrow(1, 3, 1).clamp(0.05, 0.95)], 1);
        return values.log().sub(values.neg().add(1).log()).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Mean [4, h, w] over the views that see a texel, and the smoothed variance [h, w] of their colours.</summary>
    private static (Tensor Mean, Tensor Variance) Sweep(StillLevelGeometry geometry, Tensor pictures, Geometry.Mat3?[] pixelFromTexel, Device device)
    {
        var (width, height) = (geometry.Plane.Width, geometry.Plane.Height);
        var views = Enumerable.Range(0, pixelFromTexel.Length).Select(v => PlaneLookup.Grid([pixelFromTexel[v]], (0, 0, width, height),
            (0, 0, geometry.Cameras[v].Width, geometry.Cameras[v].Height), device)).ToArray();
        var grid = cat(views);
        var valid = grid.abs().le(1).all(-1).to_type(ScalarType.Float32).unsqueeze(1);
        var seen = nn.functional.grid_sample(pictures, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: true);
        var count = valid.sum(0);
        var mean = seen.mul(valid).sum(0).div(count.clamp_min(1e-3));
        mean = where(count.gt(0), mean, seen.mean([0]));
        var spread = seen.sub(mean).square().mul(valid).narrow(1, 0, 3).mean([1], true).sum(0).div(count.clamp_min(1e-3));
        spread = where(count.ge(2), spread, full_like(spread, Unknown));
        var smooth = nn.functional.avg_pool2d(spread.unsqueeze(0), Window, stride: 1, padding: Window / 2, count_include_pad: false);
        return (mean, smooth.reshape(height, width));
    }
}
