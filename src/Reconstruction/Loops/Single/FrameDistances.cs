using System.Numerics;
using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// How much every two frames of a clip differ (spec 9.5, step 2): G[a, b], the mean of the squared differences over the chosen pixels that both frames have, and
/// over the channels.
/// </summary>
public sealed class FrameDistances
{
    private readonly float[] _values;

    private FrameDistances(int frames)
    {
        Frames = frames;
        _values = new float[frames * frames];
    }

    public int Frames { get; }

    public double this[int a, int b] => _values[(a * Frames) + b];

    /// <summary>All pairs; infinite where two frames have no pixel in common.</summary>
    /// <param name="frames">Of one size and number of channels.</param>
    /// <param name="chosen">One flag per pixel; null for all.</param>
    /// <param name="valid">Per frame, non-zero where it has a colour; null where all have.</param>
    /// <exception cref="ArgumentException">No frame, or sizes differ.</exception>
    public static FrameDistances Of(IReadOnlyList<Raster<float>> frames, bool[]? chosen = null, IReadOnlyList<Raster<byte>>? valid = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0 || frames.Any(frame => frame.Samples.Length != frames[0].Samples.Length)) throw new ArgumentException("no frames, or frames of several sizes", nameof(frames));
        var pixels = Chosen(frames[0].PixelCount, chosen);
        var values = frames.Select(frame => Planar(frame, pixels)).ToArray();
        var weights = valid?.Select(mask => Array.ConvertAll(pixels, i => mask.Samples[i] != 0 ? 1f : 0f)).ToArray();
        var result = new FrameDistances(frames.Count);
        Parallel.For(0, frames.Count, a => result.FillRow(a, values, weights, pixels.Length));
        for (var a = 0; a < frames.Count; a++)
            for (var b = 0; b < a; b++)
                result._values[(a * frames.Count) + b] = result._values[(b * frames.Count) + a];
        return result;
    }

    /// <summary>The middle of all G[a, a + lag].</summary>
    public double MedianAtLag(int lag) =>
        Frames <= lag ? 0 : OrderStatistics.UpperMedian(Enumerable.Range(0, Frames - lag).Select(a => this[a, a + lag]));

    private static int[] Chosen(int pixels, bool[]? chosen) =>
        [.. Enumerable.Range(0, pixels).Where(i => chosen is null || chosen[i])];

    /// <summary>[channel, pixel].</summary>
    private static float[] Planar(Raster<float> frame, int[] pixels)
    {
        var values = new float[frame.Channels * pixels.Length];
        for (var channel = 0; channel < frame.Channels; channel++)
            for (var i = 0; i < pixels.Length; i++)
                values[(channel * pixels.Length) + i] = frame.Samples[(pixels[i] * frame.Channels) + channel];
        return values;
    }

    private void FillRow(int a, float[][] values, float[][]? weights, int pixels)
    {
        for (var b = a + 1; b < Frames; b++)
            _values[(a * Frames) + b] = weights is null ? SquaredMean(values[a], values[b]) : SquaredMean(values[a], values[b], weights[a], weights[b], pixels);
    }

    private static float SquaredMean(float[] x, float[] y)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var difference = new Vector<float>(x, i) - new Vector<float>(y, i);
            sums += difference * difference;
        }

        double sum = Vector.Sum(sums);
        for (; i < x.Length; i++) sum += (x[i] - y[i]) * (x[i] - y[i]);
        return x.Length == 0 ? 0 : (float)(sum / x.Length);
    }

    private static float SquaredMean(float[] x, float[] y, float[] weightX, float[] weightY, int pixels)
    {
        double sum = 0, weight = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var w = weightX[i % pixels] * weightY[i % pixels];
            sum += w * (x[i] - y[i]) * (x[i] - y[i]);
            weight += w;
        }

        return weight == 0 ? float.PositiveInfinity : (float)(sum / weight);
    }
}
