using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation.Loops;

/// <summary>PSNR and SSIM of a loop outside what loops, against the clip's frames of the same number (spec 7.1).</summary>
public static class StillQuality
{
    /// <param name="loopable">Per pixel: what can loop and is left out.</param>
    public static PictureQuality Measure(IReadOnlyList<Raster<byte>> loop, IReadOnlyList<Raster<byte>> clip, bool[] loopable)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(loopable);
        var quality = new PictureQuality();
        var chosen = Array.ConvertAll(loopable, l => !l);
        for (var t = 0; t < Math.Min(loop.Count, clip.Count); t++) quality.Add(loop[t], clip[t], chosen);
        return quality;
    }
}
