namespace Depth3D.Rendering.Effects;

/// <summary>Percentiles of depth over a clip, world units.</summary>
/// <param name="Near">2 % percentile.</param>
/// <param name="Median">50 % percentile.</param>
/// <param name="Far">98 % percentile.</param>
public readonly record struct DepthRange(double Near, double Median, double Far)
{
    private const int MaxFrames = 24;
    private const int PixelStride = 7;

    /// <summary>From evenly spaced frames, so that every task that measures gets the same and the cost does not grow with the clip.</summary>
    /// <param name="depth">Samples of a frame's depth, positive and finite.</param>
    public static DepthRange Measure(int frameCount, Func<int, float[]> depth, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(depth);
        var count = Math.Min(frameCount, MaxFrames);
        var sample = new List<float>();
        for (var k = 0; k < count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var samples = depth((int)((long)k * frameCount / count));
            for (var i = 0; i < samples.Length; i += PixelStride) sample.Add(samples[i]);
        }

        sample.Sort();
        return new DepthRange(At(0.02), At(0.5), At(0.98));
        double At(double share) => sample[(int)(share * (sample.Count - 1))];
    }
}
