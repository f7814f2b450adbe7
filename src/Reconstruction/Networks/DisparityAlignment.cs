using Depth3D.Messages;
using Depth3D.Reconstruction.Models;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>
/// Finds the one line that turns a network's disparity into the inverse of a clip's prior depth, so that its depth has the unit of the
/// clip's cameras: the cameras stay as they are (spec 9.13).
/// </summary>
public static class DisparityAlignment
{
    private const int MaxSamplesPerFrame = 4000;

    /// <summary>Nothing lies farther than this many times the near end of the prior.</summary>
    private const double MaxDepthRange = 50;

    /// <param name="frames">A few frames spread over the clip: RGB [1, 3, H, W] in [0, 1] and prior depth [1, 1, H, W].</param>
    /// <returns>
    /// The line of a robust fit; where that does not rise (the prior and the network disagree on what is near), the line through the 10 %
    /// and 90 % percentiles of both.
    /// </returns>
    /// <exception cref="Depth3DException">Too few usable values, or the network gives a constant.</exception>
    public static DisparityAffine Find(IDisparityNetwork network, IReadOnlyList<(Tensor Rgb, Tensor Prior)> frames)
    {
        var (disparity, inverse) = (new List<double>(), new List<double>());
        foreach (var (rgb, prior) in frames) Sample(network, rgb, prior, disparity, inverse);
        if (disparity.Count < 3) throw new Depth3DException("no value of the prior depth is positive and finite", null, "look at the stage prior's files");
        var line = AffineFit.Robust([.. disparity], [.. inverse]);
        var (x, y) = (disparity.Order().ToArray(), inverse.Order().ToArray());
        var smallest = y[(int)(0.99 * (y.Length - 1))] / MaxDepthRange;
        if (line.Slope > 0) return new DisparityAffine(line.Slope, line.Shift, smallest);
        var (low, high) = (x.Length / 10, x.Length * 9 / 10);
        if (!(x[high] > x[low]) || !(y[high] > y[low])) throw new Depth3DException($"network {network.Name} gives the same value everywhere", null, "check its card: scale, mean and std");
        var slope = (y[high] - y[low]) / (x[high] - x[low]);
        return new DisparityAffine(slope, y[low] - (slope * x[low]), smallest);
    }

    private static void Sample(IDisparityNetwork network, Tensor rgb, Tensor prior, List<double> disparity, List<double> inverse)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var values = network.Disparity(rgb).cpu().contiguous().data<float>().ToArray();
        var depth = prior.cpu().contiguous().data<float>().ToArray();
        var stride = Math.Max(1, depth.Length / MaxSamplesPerFrame);
        for (var i = stride / 2; i < depth.Length; i += stride)
        {
            if (!float.IsFinite(values[i]) || !float.IsFinite(depth[i]) || !(depth[i] > 0)) continue;
            disparity.Add(values[i]);
            inverse.Add(1.0 / depth[i]);
        }
    }
}
