using Depth3D.Reconstruction.Models;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Merging;

/// <summary>How the depth of a window is brought to its predecessor's, by the frames of both.</summary>
/// <param name="Scale">The first window's units in one of the second's.</param>
/// <param name="InverseShift">Added to the second window's inverse depth after scaling, in the first one's unit.</param>
/// <param name="ScaleSpread">Median absolute deviation of the frames' own factors, over the factor.</param>
public readonly record struct SeamFit(double Scale, double InverseShift, double ScaleSpread)
{
    /// <summary>Below this correlation of inverse depths there is no line between the windows, and no shift is believed.</summary>
    private const double LeastCorrelation = 0.5;

    /// <summary>The median over frames of each frame's median ratio: one bad frame or object moves nothing.</summary>
    /// <returns>Null where no frame has enough pixels that stand still.</returns>
    public static SeamFit? ByScale(SeamSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var scale = ScaleAlignment.FromRatios(samples.Still.Select(s => s.First.Zip(s.Second, (a, b) => a / b).ToList()));
        return scale is null ? null : new SeamFit(scale.Factor, 0, scale.Spread);
    }

    /// <summary>
    /// A line between inverse depths: what monocular depth leaves open. Where the line would put far pixels behind infinity or the windows hardly agree,
    /// <see cref="ByScale"/>.
    /// </summary>
    public static SeamFit? ByScaleAndShift(SeamSamples samples)
    {
        if (ByScale(samples) is not { } simple) return null;
        double[] first = [.. samples.Still.SelectMany(s => s.First).Select(z => 1 / z)], second = [.. samples.Still.SelectMany(s => s.Second).Select(z => 1 / z)];
        var line = AffineFit.Robust(second, first);
        var far = OrderStatistics.LowerQuantile(second, 0.01) * line.Slope;
        return line.Slope > 0 && line.Correlation >= LeastCorrelation && line.Shift > -WindowPlacement.MostShiftShare * far
            ? new SeamFit(1 / line.Slope, line.Shift, simple.ScaleSpread)
            : simple;
    }

    /// <summary>What is left between the windows after the fit: natural log of depth over depth.</summary>
    public SeamResidual Residual(SeamSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var fit = new WindowPlacement(Scale, InverseShift, Geometry.RigidTransform.Identity);
        var left = samples.Still.SelectMany(s => s.First.Zip(s.Second, (a, b) => Math.Abs(Math.Log(a / fit.Depth(b))))).ToArray();
        var before = samples.Still.SelectMany(s => s.First.Zip(s.Second, (a, b) => Math.Abs(Math.Log(a / b)))).ToArray();
        var level = Math.Log(Scale);
        var moving = samples.MovingChanges.Select(c => Math.Abs(c - level)).ToArray();
        return new SeamResidual(Mean(before), Mean(left), OrderStatistics.LowerQuantile(left, 0.5), OrderStatistics.LowerQuantile(left, 0.95), Mean(moving));
    }

    private static double Mean(double[] values) => values.Length == 0 ? double.NaN : values.Average();
}
