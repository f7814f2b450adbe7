using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>A picture of how far the loop is: its first frame from the reference camera, its disparity, and how far each pixel changes over the loop.</summary>
internal static class LoopTrainPreview
{
    /// <summary>Frames looked at for what moves.</summary>
    private const int Frames = 12;

    /// <summary>Upper end of the colour range of changes, 0..1; fixed, so that chunks and clips compare by eye.</summary>
    private const float MostChange = 0.5f;

    public static void Write(string path, MultiTileVideo video)
    {
        var renderer = new LoopRenderer(video);
        var pictures = Enumerable.Range(0, Math.Min(Frames, video.Frames)).Select(n => renderer.RenderReference(n * video.Frames / Math.Min(Frames, video.Frames))).ToArray();
        var (rgb, disparity) = (pictures[0].ToRgb(), pictures[0].Disparity);
        var change = new Raster<float>(rgb.Width, rgb.Height);
        for (var p = 0; p < change.Samples.Length; p++)
            change.Samples[p] = Enumerable.Range(0, 3).Max(c => pictures.Max(q => q.Rgba.Samples[(4 * p) + c]) - pictures.Min(q => q.Rgba.Samples[(4 * p) + c]));
        Raster<byte>[] tiles = [rgb, ColourMap.Turbo.Apply(disparity, disparity.Samples.Min(), Math.Max(disparity.Samples.Max(), disparity.Samples.Min() + 1e-6f)), ColourMap.Inferno.Apply(change, 0, MostChange)];
        var joined = new Raster<byte>(tiles.Length * rgb.Width, rgb.Height, 3);
        for (var t = 0; t < tiles.Length; t++)
            for (var y = 0; y < rgb.Height; y++) tiles[t].Row(y).CopyTo(joined.Row(y)[(3 * t * rgb.Width)..]);
        ImageFile.WritePng(path, joined);
    }
}
