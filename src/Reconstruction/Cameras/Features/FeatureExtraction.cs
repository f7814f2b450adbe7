using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Cameras.Features;

/// <summary>SIFT of a clip's frames, away from what moves.</summary>
public static class FeatureExtraction
{
    /// <summary>Masks are widened by this share of the width, because key points near an outline move with the object (spec 9, item 12).</summary>
    private const double DilationShare = 0.01;

    /// <param name="masks">Per frame an 8-bit mask, not zero where something moves; or null for none.</param>
    /// <param name="capacity">Key points per frame at most.</param>
    public static FrameFeatures[] Run(IReadOnlyList<string> images, IReadOnlyList<Raster<byte>>? masks, int capacity,
        Action<int>? done, CancellationToken cancellation)
    {
        var features = new FrameFeatures[images.Count];
        var count = 0;
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, images.Count, options, i =>
        {
            features[i] = Of(Colour.ToGray(ImageFile.ReadRgb(images[i])), masks?[i], capacity);
            done?.Invoke(Interlocked.Increment(ref count));
        });
        return features;
    }

    private static FrameFeatures Of(Raster<byte> gray, Raster<byte>? moving, int capacity)
    {
        if (moving is null) return new FrameFeatures(Geometry2D.Sift(gray, capacity));
        var wide = Filters.Dilate(moving, Math.Max(1, (int)Math.Round(DilationShare * gray.Width)));
        var still = new Raster<byte>(gray.Width, gray.Height);
        for (var p = 0; p < still.PixelCount; p++) still.Samples[p] = (byte)(wide.Samples[p] != 0 ? 0 : 255);
        return new FrameFeatures(Geometry2D.Sift(gray, capacity, still));
    }
}
