using System.Globalization;
using Depth3D.Inference.Registry;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Models;

/// <summary>
/// Finds the one <see cref="DepthConversion"/> of a clip. Relative disparity has unknown scale and shift; both are fitted against inverse
/// depths measured from the cameras' motion, robustly and once per clip, never per frame. Without usable measurements the stated
/// assumption <see cref="AssumedFarToNear"/> stands in.
/// </summary>
public static class DepthConversionRule
{
    /// <summary>Without measurements: the clip's 1 % percentile of disparity lies this many times farther than its 99 % percentile.</summary>
    public const double AssumedFarToNear = 20;

    /// <summary>Nothing lies this many times farther than the clip's near end (98 % percentile of inverse depth).</summary>
    public const double MaxFarToNear = 50;

    /// <summary>A fit is used from this many measurements on.</summary>
    public const int MinObservations = 60;

    /// <summary>And where disparity and inverse depth agree at least this well.</summary>
    public const double MinCorrelation = 0.3;

    /// <summary>And where inverse depths spread: a camera that only turns yields points at one distance (10 to 90 % over median).</summary>
    public const double MinSpread = 0.1;

    /// <param name="kind">What the model gives.</param>
    /// <param name="values">The model's values over the clip, a sample of pixels. Sorted here.</param>
    /// <param name="measured">Where depth was measured.</param>
    /// <exception cref="Depth3DException">A depth model gave no positive depth.</exception>
    public static DepthConversion Find(OutputKind kind, float[] values, MeasuredDepths measured)
    {
        Array.Sort(values);
        if (kind == OutputKind.Depth) return OfDepth(values);
        var problem = TryFit(measured, out var fit);
        return problem is null ? Fitted(fit, values, measured) : Assumed(values, problem);
    }

    private static DepthConversion OfDepth(float[] values)
    {
        var middle = Percentile(values, 0.5);
        if (!(middle > 0))
            throw new Depth3DException($"the depth model's median output is {middle}, but depth is positive", remedy: "its card may need output kind disparity");
        var near = Math.Max(Percentile(values, 0.01), middle / MaxFarToNear) / 2;
        var far = Math.Min(Percentile(values, 0.995) * 2, near * 2 * MaxFarToNear * 4);
        return new DepthConversion(true, 1, 0, 1 / far, 1 / near, "the model gives depth; its unit is kept", []);
    }

    private static string? TryFit(MeasuredDepths measured, out AffineFit fit)
    {
        fit = default;
        if (measured.Count == 0) return $"there are no {measured.Source} to measure them by";
        if (measured.Count < MinObservations) return Text($"there are only {measured.Count} measurements by {measured.Source}, {MinObservations} are needed");
        var inverse = measured.InverseDepths;
        var sorted = inverse.Order().ToArray();
        var spread = (sorted[sorted.Length * 9 / 10] - sorted[sorted.Length / 10]) / sorted[sorted.Length / 2];
        if (spread < MinSpread) return Text($"{measured.Source} lie at one distance (spread {spread:0.00})");
        fit = AffineFit.Robust(measured.ModelValues, inverse);
        if (fit.Slope > 0 && fit.Correlation >= MinCorrelation) return null;
        if (fit.Correlation <= -MinCorrelation)
            return Text($"the model's values fall where the {measured.Source} come nearer (correlation {fit.Correlation:0.00}): it gives depth, not disparity, and its card should say so");
        return Text($"the model's disparity does not follow the {measured.Source} (correlation {fit.Correlation:0.00})");
    }

    private static DepthConversion Fitted(AffineFit fit, float[] values, MeasuredDepths measured)
    {
        var near = (fit.Slope * Percentile(values, 0.98)) + fit.Shift;
        if (!(near > 0)) return Assumed(values, $"the fit to the {measured.Source} leaves no positive depth");
        var least = near / MaxFarToNear;
        var clamped = values.Count(v => (fit.Slope * v) + fit.Shift < least) / (double)values.Length;
        var reason = Text($"1/z = {fit.Slope:0.#####e0} d + {fit.Shift:0.#####e0}, one fit per clip to {measured.Count} measurements by {measured.Source} ");
        reason += Text($"(correlation {fit.Correlation:0.00}, {fit.InlierShare:0%} inliers); at most {MaxFarToNear} times the near end");
        string[] warnings = clamped > 0.25 ? [Text($"{clamped:0%} of the pixels were set to the farthest depth: the model and the {measured.Source} disagree about what is far")] : [];
        return new DepthConversion(false, fit.Slope, fit.Shift, least, Math.Max(near * 20, least), reason, warnings);
    }

    private static DepthConversion Assumed(float[] values, string problem)
    {
        double low = Percentile(values, 0.01), high = Percentile(values, 0.99);
        if (!(high - low > 1e-9 * Math.Max(1, Math.Abs(high))))
        {
            return new DepthConversion(false, 0, 1, 1, 1, "constant depth: the model sees no difference anywhere in the clip",
                ["the depth model returned one value for the whole clip; choose another with --prior"]);
        }

        // Slope * high + Shift = 1 and Slope * low + Shift = 1 / AssumedFarToNear.
        var slope = (1 - (1 / AssumedFarToNear)) / (high - low);
        return new DepthConversion(false, slope, 1 - (slope * high), 1 / MaxFarToNear, 20,
            Text($"{problem}, so scale and shift are assumed: 99 % percentile of disparity at depth 1, 1 % percentile at {AssumedFarToNear}"),
            [Text($"the scale and shift of the model's disparity could not be measured ({problem}); depth is in order, but its proportions are assumed")]);
    }

    private static double Percentile(float[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
