using Depth3D.Imaging;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Reconstruction.Tests.Masks;

public class ColourEdgesTests
{
    [Fact]
    public void A_mask_that_is_too_wide_shrinks_to_the_colours_of_its_object()
    {
        var rgb = Picture();
        Paint(rgb, 150, 50, 210, 130, (200, 60, 40));
        var snapped = ColourEdges.Snap(Mask(146, 46, 214, 135), rgb);
        Assert.True(snapped[152, 52] != 0 && snapped[207, 127] != 0 && snapped[180, 90] != 0);
        Assert.True(snapped[180, 133] == 0 && snapped[147, 90] == 0 && snapped[212, 90] == 0);
    }

    [Fact]
    public void A_colour_seen_on_neither_side_stays_where_motion_put_it()
    {
        var rgb = Picture();
        Paint(rgb, 150, 50, 210, 130, (200, 60, 40));
        Paint(rgb, 150, 50, 210, 54, (40, 90, 220)); // a rim thinner than the band
        var snapped = ColourEdges.Snap(Mask(150, 50, 210, 130), rgb);
        Assert.True(snapped[180, 51] != 0);
    }

    private static Raster<byte> Picture()
    {
        var rgb = new Raster<byte>(320, 180, 3);
        for (var i = 0; i < rgb.Samples.Length; i++) rgb.Samples[i] = (byte)(110 + (i * 7919 % 13));
        return rgb;
    }

    private static void Paint(Raster<byte> rgb, int left, int top, int right, int bottom, (byte R, byte G, byte B) colour)
    {
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++) (rgb[x, y, 0], rgb[x, y, 1], rgb[x, y, 2]) = colour;
    }

    private static Raster<byte> Mask(int left, int top, int right, int bottom)
    {
        var mask = new Raster<byte>(320, 180);
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++) mask[x, y] = 255;
        return mask;
    }
}
