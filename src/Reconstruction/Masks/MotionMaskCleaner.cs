using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>Turns the evidence of motion of one frame into its mask at working size: threshold, snap to the picture's edges, clean.</summary>
internal static class MotionMaskCleaner
{
    /// <summary>Radius of the guided filter as a share of the width, and its tolerance for guide values in 0..1.</summary>
    private const double SnapRadiusShare = 0.016, SnapEpsilon = 2e-4;

    /// <summary>Holes up to this multiple of the smallest region are filled.</summary>
    private const int HoleFactor = 10;

    /// <summary>Evidence over the threshold is cut off here, which is also what lost pixels get.</summary>
    private const float MaxRatio = 20;

    /// <param name="evidence">Training-size pixels per frame, NaN = none; <see cref="MotionEvidence"/>.</param>
    /// <param name="rgb">The frame at working size.</param>
    /// <returns>255 = moving, at the frame's size.</returns>
    public static Raster<byte> Mask(Raster<float> evidence, Raster<byte> rgb, MotionMaskSettings settings)
    {
        var ratio = Ratio(evidence, Threshold(evidence, settings));
        var soft = Filters.MedianBlur(Soft(ratio, settings), 5);
        var guide = Colour.ToFloat(rgb, 1 / 255f);
        var radius = Math.Max(2, (int)Math.Round(rgb.Width * SnapRadiusShare));
        var snapped = Filters.GuidedFilter(guide, Resize.Linear(soft, rgb.Width, rgb.Height), radius, SnapEpsilon);

        var mask = new Raster<byte>(rgb.Width, rgb.Height);
        for (var i = 0; i < mask.Samples.Length; i++) mask.Samples[i] = snapped.Samples[i] > 0.5f ? (byte)255 : (byte)0;
        var minArea = Math.Max(1, (int)(settings.MinAreaShare * mask.PixelCount));
        mask = Filters.Close(Filters.Open(mask, Math.Max(1, rgb.Width / 320)), Math.Max(1, rgb.Width / 160));
        MaskRegions.FillHoles(mask, HoleFactor * minArea);
        var seeds = Resize.Nearest(Bytes(ratio, settings.SeedFactor), rgb.Width, rgb.Height);
        MaskRegions.Keep(mask, (region, labels) => region.Area >= minArea && Holds(region, labels, seeds), settings.LargestOnly);
        return mask;
    }

    /// <summary>The frame's threshold in training-size pixels per frame.</summary>
    public static double Threshold(Raster<float> evidence, MotionMaskSettings settings)
    {
        var values = evidence.Samples.Where(float.IsFinite).ToArray();
        Array.Sort(values);
        var noise = values.Length == 0 ? 0 : values[values.Length / 2];
        return Math.Max(settings.ThresholdPixels * evidence.Width / 256, settings.NoiseFactor * noise);
    }

    /// <summary>Evidence over the threshold; where there is none, the mean of what surrounds it, or 0.</summary>
    private static Raster<float> Ratio(Raster<float> evidence, double threshold)
    {
        int w = evidence.Width, h = evidence.Height;
        var known = new Raster<float>(w, h);
        var ratio = new Raster<float>(w, h);
        for (var i = 0; i < ratio.Samples.Length; i++)
        {
            if (float.IsNaN(evidence.Samples[i])) continue;
            known.Samples[i] = 1;
            ratio.Samples[i] = Math.Min((float)(evidence.Samples[i] / threshold), MaxRatio);
        }

        var mean = Filters.BoxMean(ratio, Math.Max(2, w / 64));
        var share = Filters.BoxMean(known, Math.Max(2, w / 64));
        for (var i = 0; i < ratio.Samples.Length; i++)
            if (known.Samples[i] == 0) ratio.Samples[i] = share.Samples[i] > 0.02f ? mean.Samples[i] / share.Samples[i] : 0;
        return ratio;
    }

    /// <summary>
    /// 0.5 at the boundary. Flow smears motion over the edge of what moves fast, so near strong motion the boundary is where the evidence has
    /// fallen to a share of the strongest nearby, not where it passes the threshold.
    /// </summary>
    private static Raster<float> Soft(Raster<float> ratio, MotionMaskSettings settings)
    {
        var strongest = Filters.Dilate(Filters.MedianBlur(ratio, 5), Math.Max(2, (int)(ratio.Width * settings.EdgeRadiusShare)));
        var soft = new Raster<float>(ratio.Width, ratio.Height);
        for (var i = 0; i < soft.Samples.Length; i++)
        {
            var boundary = Math.Max(1, (float)settings.EdgeShare * strongest.Samples[i]);
            soft.Samples[i] = Math.Clamp(ratio.Samples[i] / boundary, 0, 2) / 2;
        }

        return soft;
    }

    private static Raster<byte> Bytes(Raster<float> ratio, double limit)
    {
        var result = new Raster<byte>(ratio.Width, ratio.Height);
        for (var i = 0; i < result.Samples.Length; i++) result.Samples[i] = ratio.Samples[i] > limit ? (byte)255 : (byte)0;
        return result;
    }

    /// <summary>A region needs a seed on at least a tenth of its area.</summary>
    private static bool Holds(Component region, Raster<int> labels, Raster<byte> seeds)
    {
        var count = 0;
        for (var y = region.Y; y < region.Y + region.Height; y++)
            for (var x = region.X; x < region.X + region.Width; x++)
                if (labels[x, y] == region.Label && seeds[x, y] != 0) count++;
        return count * 10 >= region.Area;
    }
}
