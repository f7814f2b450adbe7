using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>Which neighbouring pixels of a frame belong to one surface, as bytes so that a clip's worth of them fits in memory.</summary>
/// <param name="Right">255 = the pixel and its right neighbour move alike, 0 = they do not.</param>
/// <param name="Down">The same for the neighbour below.</param>
internal sealed record SurfaceLinks(Raster<byte> Right, Raster<byte> Down)
{
    /// <summary>A jump of this many training-size pixels per frame at a width of 256 is another surface: a few times the noise of chained flow.</summary>
    private const float JumpPixels = 0.1f;

    /// <summary>Link of a pixel whose motion is not known.</summary>
    private const byte Unknown = 77;

    /// <param name="relative">Two channels: motion relative to the plane most of the picture follows, training-size pixels per frame; NaN = unknown.</param>
    public static SurfaceLinks Of(Raster<float> relative)
    {
        int w = relative.Width, h = relative.Height;
        var unit = JumpPixels * w / 256;
        Raster<byte> right = new(w, h), down = new(w, h);
        for (var y = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++)
            {
                if (x + 1 < w) right[x, y] = Link(x, y, x + 1, y);
                if (y + 1 < h) down[x, y] = Link(x, y, x, y + 1);
            }
        }

        return new SurfaceLinks(right, down);

        byte Link(int x, int y, int x2, int y2)
        {
            float dx = relative[x, y, 0] - relative[x2, y2, 0], dy = relative[x, y, 1] - relative[x2, y2, 1];
            var jumps = ((dx * dx) + (dy * dy)) / (unit * unit);
            return float.IsNaN(jumps) ? Unknown : (byte)(255 * MathF.Exp(-jumps));
        }
    }
}
