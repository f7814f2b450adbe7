using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Still;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>Side by side: the reference camera's picture of the scene so far, its disparity, and what can loop.</summary>
internal static class ViewScenePreview
{
    public static Raster<byte> Of(ViewSceneInputs inputs, StillPicture picture)
    {
        var depths = inputs.Cameras.Geometry.PlaneDepths;
        Raster<byte>[] parts =
        [
            picture.Rgb,
            ColourMap.Turbo.Apply(picture.Disparity, (float)(1 / depths[^1]), (float)(1 / depths[0])),
            ColourMap.Grey.Apply(picture.Loopability, 0, 1),
        ];
        var (width, height) = (picture.Rgb.Width, picture.Rgb.Height);
        var joined = new Raster<byte>(parts.Length * width, height, 3);
        for (var i = 0; i < parts.Length; i++)
            for (var y = 0; y < height; y++) parts[i].Row(y).CopyTo(joined.Row(y)[(3 * i * width)..]);
        return joined;
    }
}
