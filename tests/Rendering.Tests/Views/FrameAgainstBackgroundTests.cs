using Depth3D.Imaging;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Tests.Views;

public sealed class FrameAgainstBackgroundTests
{
    private const int Width = 100, Height = 40;

    [Fact]
    public void The_backgrounds_exposure_follows_the_frame_where_both_show_the_same_still_surface()
    {
        var (layer, rgb, depth, moving) = Scene();
        // Something bright moves, and something bright stands nearer: neither tells of the exposure.
        for (var i = 0; i < 20 * Width; i++)
        {
            rgb.Samples.AsSpan(3 * i, 3).Fill(240);
            if (i < 10 * Width) moving.Samples[i] = 255;
            else depth.Samples[i] = 2;
        }

        var gain = ColourGain.Between(layer, rgb, depth, moving);
        Assert.Equal(1.5, gain.R, 9);
        Assert.Equal(1.5, gain.B, 9);
        gain.Apply(layer);
        Assert.Equal([90, 90, 90, 255], layer.Rgba[..4]);
    }

    [Fact]
    public void Only_still_pixels_beside_what_moves_that_lie_before_the_background_are_taken_out()
    {
        var (layer, _, depth, moving) = Scene();
        moving[50, 20] = 255;
        (depth[50, 20], depth[52, 20], depth[80, 20]) = (2, 2, 2);
        var keep = new bool[Width * Height];
        Array.Fill(keep, true);
        Fringe.Clear(moving, depth, layer, keep);
        Assert.Equal([(20 * Width) + 52], Enumerable.Range(0, keep.Length).Where(i => !keep[i]));
    }

    /// <summary>A grey wall at depth 5, by half again brighter in the frame than in the background.</summary>
    private static (ViewLayer Background, Raster<byte> Rgb, Raster<float> Depth, Raster<byte> Moving) Scene()
    {
        var layer = new ViewLayer(Width, Height);
        layer.Depth.AsSpan().Fill(5);
        for (var i = 0; i < layer.Depth.Length; i++) (layer.Rgba[4 * i], layer.Rgba[(4 * i) + 1], layer.Rgba[(4 * i) + 2], layer.Rgba[(4 * i) + 3]) = (60, 60, 60, 255);
        var rgb = new Raster<byte>(Width, Height, 3);
        rgb.Samples.AsSpan().Fill(90);
        var depth = new Raster<float>(Width, Height);
        depth.Samples.AsSpan().Fill(5);
        return (layer, rgb, depth, new Raster<byte>(Width, Height));
    }
}
