using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Models;

/// <summary>
/// From a model's output to depth z, the same for every frame of a clip: inverse depth = max(Slope * value + Shift, MinInverseDepth), and its
/// reciprocal. For models that give depth itself the value is inverted first, so one rule serves both.
/// </summary>
/// <param name="ValueIsDepth">The model gives depth, not disparity.</param>
/// <param name="MinInverseDepth">Bounds depth: nothing lies farther than 1 / this.</param>
/// <param name="MaxInverseDepth">Nothing lies nearer than 1 / this.</param>
/// <param name="Reason">How the numbers were found, for people.</param>
/// <param name="Warnings">What a user should know, one sentence each.</param>
public sealed record DepthConversion(
    bool ValueIsDepth, double Slope, double Shift, double MinInverseDepth, double MaxInverseDepth, string Reason, IReadOnlyList<string> Warnings)
{
    /// <summary>Depth of every pixel, positive and finite.</summary>
    public Raster<float> Apply(Raster<float> values)
    {
        var depth = new Raster<float>(values.Width, values.Height);
        for (var i = 0; i < depth.Samples.Length; i++) depth.Samples[i] = (float)(1 / InverseDepth(values.Samples[i]));
        return depth;
    }

    public double InverseDepth(double value)
    {
        var x = ValueIsDepth ? (value > 0 ? 1 / value : MinInverseDepth) : value;
        return Math.Clamp((Slope * x) + Shift, MinInverseDepth, MaxInverseDepth);
    }
}
