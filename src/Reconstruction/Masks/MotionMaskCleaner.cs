using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>The steps between evidence of motion and a frame's mask that look at one frame only: threshold, edges, regions.</summary>
internal static class MotionMaskCleaner
{
    /// <summary>Holes up to this multiple of the smallest region are filled.</summary>
    private const int HoleFactor = 10;

    /// <summary>Evidence over the threshold is cut off here, which is also what lost pixels get.</summary>
    private const float MaxRatio = 20;

    /// <summary>Radius of the guided filter as a share of the width, and its tolerance for guide values in 0..1.</summary>
    private const double GuideRadiusShare = 0.016, GuideEpsilon = 2e-4;

    /// <summary>Edges are found at half the working size, at which GrabCut is quick, but not under this width.</summary>
    private const int LeastEdgeWidth = 320;

    /// <summary>The frame's threshold in training-size pixels per frame.</summary>
    public static double Threshold(Raster<float> evidence, MotionMaskSettings settings)
    {
        var values = evidence.Samples.Where(float.IsFinite).ToArray();
        Array.Sort(values);
        var noise = values.Length == 0 ? 0 : values[values.Length / 2];
        return Math.Max(settings.ThresholdPixels * evidence.Width / 256, settings.NoiseFactor * noise);
    }

    /// <summary>Evidence over the threshold; where there is none, the mean of what surrounds it, or 0.</summary>
    /// <param name="evidence">Training-size pixels per frame, NaN = none; <see cref="MotionEvidence"/>.</param>
    public static Raster<float> Ratio(Raster<float> evidence, MotionMaskSettings settings)
    {
        int w = evidence.Width, h = evidence.Height;
        var threshold = Threshold(evidence, settings);
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
        return OfStrongest(Filters.MedianBlur(ratio, 5), settings);
    }

    /// <summary>Over the threshold or over the given share of the strongest nearby, whichever is less.</summary>
    private static Raster<float> OfStrongest(Raster<float> ratio, MotionMaskSettings settings)
    {
        if (!(settings.EdgeShare > 0)) return ratio;
        var strongest = Filters.Dilate(ratio, Math.Max(2, (int)(ratio.Width * settings.EdgeRadiusShare)));
        for (var i = 0; i < ratio.Samples.Length; i++)
            ratio.Samples[i] /= Math.Max(1, (float)settings.EdgeShare * strongest.Samples[i]);
        return ratio;
    }

    /// <summary>The mask of a frame: objects snapped to its colours, without specks and holes.</summary>
    /// <param name="objects">Over a half = moving, training size.</param>
    /// <param name="rgb">The frame at working size.</param>
    /// <returns>255 = moving, at the frame's size.</returns>
    public static Raster<byte> Mask(Raster<float> objects, Raster<byte> rgb, MotionMaskSettings settings)
    {
        int width = rgb.Width, height = rgb.Height, w = Math.Min(width, Math.Max(LeastEdgeWidth, width / 2)), h = Math.Max(1, height * w / width);
        var small = Resize.Area(rgb, w, h);
        var radius = Math.Max(2, (int)Math.Round(w * GuideRadiusShare));
        var guided = Filters.GuidedFilter(Colour.ToFloat(small, 1 / 255f), Resize.Linear(objects, w, h), radius, GuideEpsilon);
        var snapped = ColourEdges.Snap(Filters.Open(Over(guided, 0.5f), 1), small);
        var mask = Over(Resize.Linear(Colour.ToFloat(snapped, 1), width, height), 127.5f);
        var minArea = Math.Max(1, (int)(settings.MinAreaShare * mask.PixelCount));
        mask = Filters.Close(Filters.Open(mask, Math.Max(1, width / 320)), Math.Max(1, width / 160));
        MaskRegions.FillHoles(mask, HoleFactor * minArea);
        MaskRegions.Keep(mask, (region, _) => region.Area >= minArea, settings.LargestOnly);
        return mask;
    }

    private static Raster<byte> Over(Raster<float> soft, float limit)
    {
        var mask = new Raster<byte>(soft.Width, soft.Height);
        for (var i = 0; i < mask.Samples.Length; i++) mask.Samples[i] = soft.Samples[i] > limit ? (byte)255 : (byte)0;
        return mask;
    }
}
