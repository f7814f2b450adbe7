using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Views;

/// <summary>
/// One picture of a clip in which what moves stays visible: the mean of its frames, each pixel weighted by how far it deviates from the plain mean
/// (video-loop spec 1.4, mode <c>dynamic</c>).
/// </summary>
public static class LongExposure
{
    private const float LeastWeight = 1e-10f;

    /// <param name="frames">RGB, all of one size, at least one.</param>
    public static Raster<byte> Of(IReadOnlyList<Raster<byte>> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var first = frames[0];
        var result = new Raster<byte>(first.Width, first.Height, 3);
        Parallel.For(0, first.Height, y => Row(frames, y, result.Row(y)));
        return result;
    }

    /// <summary>Plain mean over time, RGB 0..255.</summary>
    public static Raster<float> Mean(IReadOnlyList<Raster<byte>> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var sums = new Raster<float>(frames[0].Width, frames[0].Height, frames[0].Channels);
        Parallel.For(0, sums.Height, y =>
        {
            var row = sums.Row(y);
            foreach (var frame in frames)
            {
                var from = frame.Row(y);
                for (var i = 0; i < row.Length; i++) row[i] += from[i];
            }

            for (var i = 0; i < row.Length; i++) row[i] /= frames.Count;
        });
        return sums;
    }

    private static void Row(IReadOnlyList<Raster<byte>> frames, int y, Span<byte> result)
    {
        var width = result.Length / 3;
        float[] mean = new float[result.Length], sum = new float[result.Length], weights = new float[width];
        foreach (var frame in frames)
        {
            var row = frame.Row(y);
            for (var i = 0; i < mean.Length; i++) mean[i] += row[i];
        }

        for (var i = 0; i < mean.Length; i++) mean[i] /= 255f * frames.Count;
        foreach (var frame in frames) Add(frame.Row(y), mean, sum, weights);
        for (var i = 0; i < result.Length; i++) result[i] = (byte)Math.Clamp((255 * sum[i] / weights[i / 3]) + 0.5f, 0, 255);
    }

    private static void Add(ReadOnlySpan<byte> row, float[] mean, float[] sum, float[] weights)
    {
        for (var x = 0; x < weights.Length; x++)
        {
            float r = row[3 * x] / 255f, g = row[(3 * x) + 1] / 255f, b = row[(3 * x) + 2] / 255f;
            float dr = r - mean[3 * x], dg = g - mean[(3 * x) + 1], db = b - mean[(3 * x) + 2];
            var weight = Math.Max(MathF.Sqrt((dr * dr) + (dg * dg) + (db * db)), LeastWeight);
            weights[x] += weight;
            sum[3 * x] += weight * r;
            sum[(3 * x) + 1] += weight * g;
            sum[(3 * x) + 2] += weight * b;
        }
    }
}
