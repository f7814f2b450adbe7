using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>Something in a clip that leaves its place for good and so cannot be part of a loop.</summary>
/// <param name="Plate">RGB of the scene without it.</param>
/// <param name="Shown">Per frame, 255 where the frame shows the scene, 0 where the passer-by hides it.</param>
/// <param name="Share">Largest part of a frame that it covers, 0..1.</param>
public sealed record PasserBy(Raster<byte> Plate, IReadOnlyList<Raster<byte>> Shown, double Share)
{
    private const double FeatherPixels = 1.5;

    /// <summary>The frame with the plate where the passer-by is.</summary>
    public Raster<byte> Without(Raster<byte> frame, int index)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (Array.IndexOf(Shown[index].Samples, (byte)0) < 0) return frame;
        var hidden = Shown[index].Clone();
        for (var i = 0; i < hidden.Samples.Length; i++) hidden.Samples[i] = (byte)(255 - hidden.Samples[i]);
        var cover = Filters.GaussianBlur(Filters.Dilate(hidden, 2), FeatherPixels);
        var result = frame.Clone();
        for (var i = 0; i < result.Samples.Length; i++)
        {
            var share = Math.Max(cover.Samples[i / 3], hidden.Samples[i / 3]) / 255.0;
            result.Samples[i] = (byte)Math.Round((share * Plate.Samples[i]) + ((1 - share) * frame.Samples[i]));
        }

        return result;
    }
}
