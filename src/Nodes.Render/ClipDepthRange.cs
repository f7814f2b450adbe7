namespace Depth3D.Nodes.Render;

/// <summary>
/// Percentiles of optimised depth over the whole clip. Every task measures the same evenly spaced frames, so all tasks agree without
/// waiting for one another, and the cost does not grow with the clip.
/// </summary>
/// <param name="Near">2 % percentile.</param>
/// <param name="Median">50 % percentile.</param>
/// <param name="Far">98 % percentile.</param>
internal readonly record struct ClipDepthRange(double Near, double Median, double Far)
{
    private const int MaxFrames = 24;
    private const int PixelStride = 7;

    /// <summary>Colours reach this much beyond the percentiles, so that what lies at the ends keeps its shape.</summary>
    private const double ColourMargin = 1.15;

    /// <summary>Inverse depth of the first and the last colour.</summary>
    public (float Min, float Max) ColourDisparity => ((float)(1 / (Far * ColourMargin)), (float)(ColourMargin / Near));

    public static ClipDepthRange Measure(RenderInputs inputs, CancellationToken cancellation)
    {
        var count = Math.Min(inputs.Frames.Count, MaxFrames);
        var sample = new List<float>();
        for (var k = 0; k < count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var depth = inputs.Refined((int)((long)k * inputs.Frames.Count / count));
            for (var i = 0; i < depth.Samples.Length; i += PixelStride) sample.Add(depth.Samples[i]);
        }

        sample.Sort();
        return new ClipDepthRange(At(0.02), At(0.5), At(0.98));
        double At(double share) => sample[(int)(share * (sample.Count - 1))];
    }
}
