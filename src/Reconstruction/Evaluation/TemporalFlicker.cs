using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>
/// Flicker of a clip without truth: how much ln depth changes along measured flow between neighbouring frames. True depth changes too, so
/// the number serves to compare depth maps of the same clip, not to judge one.
/// </summary>
public static class TemporalFlicker
{
    /// <param name="depth">Depth of a frame; resampled to the flow's size, bilinear in inverse depth.</param>
    /// <param name="motion">Flow to the next frame in pixels of its own size, and where it is valid (not zero).</param>
    /// <param name="movingMask">Not zero = moving, at the flow's size; null when there is none.</param>
    /// <returns>Mean |ln D(i+1)(p + flow) - ln D(i)(p)| by region; NaN where a region is empty.</returns>
    public static IReadOnlyDictionary<DepthRegion, double> Measure(int frameCount, Func<int, Raster<float>> depth,
        Func<int, (Raster<float> Flow, Raster<byte> Valid)> motion, Func<int, Raster<byte>>? movingMask = null)
    {
        double staticSum = 0, movingSum = 0;
        long staticPixels = 0, movingPixels = 0;
        for (var f = 0; f + 1 < frameCount; f++)
        {
            var (flow, valid) = motion(f);
            var now = DisparitySampling.Resize(depth(f), flow.Width, flow.Height);
            var then = DisparitySampling.Resize(depth(f + 1), flow.Width, flow.Height);
            var mask = movingMask?.Invoke(f);
            for (var y = 0; y < flow.Height; y++)
                for (var x = 0; x < flow.Width; x++)
                {
                    var i = (y * flow.Width) + x;
                    if (valid.Samples[i] == 0 || !ClipAlignment.Usable(now.Samples[i])) continue;
                    var later = DisparitySampling.At(then, x + flow.Samples[2 * i], y + flow.Samples[(2 * i) + 1]);
                    if (!(later > 0)) continue;
                    var change = Math.Abs(Math.Log(later / now.Samples[i]));
                    if (mask is null || mask.Samples[i] == 0) (staticSum, staticPixels) = (staticSum + change, staticPixels + 1);
                    else (movingSum, movingPixels) = (movingSum + change, movingPixels + 1);
                }
        }

        return new SortedDictionary<DepthRegion, double>
        {
            [DepthRegion.All] = (staticSum + movingSum) / (staticPixels + movingPixels),
            [DepthRegion.Static] = staticSum / staticPixels,
            [DepthRegion.Moving] = movingSum / movingPixels,
        };
    }
}
