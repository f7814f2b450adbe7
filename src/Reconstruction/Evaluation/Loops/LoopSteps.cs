using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation.Loops;

/// <summary>Mean absolute differences of neighbouring frames, 0..1: over the loop's end, and the others' mean and largest.</summary>
public sealed record LoopSteps(double Seam, double Mean, double Largest)
{
    /// <summary>Whether the end is no larger a step than an ordinary one.</summary>
    public bool IsSeamless => Seam <= Largest;

    /// <param name="loop">Frames of one turn; a single frame has no steps at all.</param>
    public static LoopSteps Measure(IReadOnlyList<Raster<byte>> loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        if (loop.Count < 2) return new LoopSteps(0, 0, 0);
        var steps = new double[loop.Count];
        Parallel.For(0, loop.Count, t => steps[t] = Difference(loop[t], loop[(t + 1) % loop.Count]));
        return new LoopSteps(steps[^1], steps[..^1].Average(), steps[..^1].Max());
    }

    private static double Difference(Raster<byte> a, Raster<byte> b)
    {
        long sum = 0;
        for (var n = 0; n < a.Samples.Length; n++) sum += Math.Abs(a.Samples[n] - b.Samples[n]);
        return sum / (255.0 * a.Samples.Length);
    }
}
