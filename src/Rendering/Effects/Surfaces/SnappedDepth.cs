using Depth3D.Imaging;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>
/// Moves the edges of a depth map onto the edges of the picture: near a jump in depth, every pixel takes the weighted median of the inverse depth
/// around it, where neighbours of its own colour count. A boundary then lies where the picture has it, in every frame, and no pixel floats between
/// two surfaces. (Ma, He, Wei, Sun, Wu: Constant time weighted median filtering for stereo matching and beyond, 2013.)
/// </summary>
internal static class SnappedDepth
{
    /// <summary>Change of inverse depth over two pixels, as a share of it, that counts as a jump.</summary>
    private const float JumpShare = 0.08f;

    /// <summary>Colours this far apart (in 255ths, over three channels) count with weight exp(-1/2).</summary>
    private const float ColourSigma = 14;

    /// <summary>Widths per pixel of search: 640 pixels wide means four pixels to each side.</summary>
    private const int WidthPerRadius = 160;

    private const int MinRadius = 2, MaxRadius = 8;

    /// <summary>At most this many neighbours per axis are looked at.</summary>
    private const int MaxTaps = 9;

    /// <summary>How far an edge may move, in pixels.</summary>
    public static int Radius(int width) => Math.Clamp(width / WidthPerRadius, MinRadius, MaxRadius);

    /// <param name="depth">Positive and finite.</param>
    public static Raster<float> Make(Raster<float> depth, Raster<byte> rgb) => Make(depth, rgb, Radius(depth.Width));

    /// <summary>The same for a mask, which may miss its object's outline by twice as much.</summary>
    public static Raster<byte> Mask(Raster<byte> mask, Raster<byte> rgb)
    {
        var sides = new Raster<float>(mask.Width, mask.Height);
        for (var i = 0; i < sides.Samples.Length; i++) sides.Samples[i] = mask.Samples[i] == 0 ? 2 : 1;
        sides = Make(sides, rgb, 2 * Radius(mask.Width));
        var snapped = new Raster<byte>(mask.Width, mask.Height);
        for (var i = 0; i < sides.Samples.Length; i++) snapped.Samples[i] = (byte)(sides.Samples[i] < 1.5f ? 255 : 0);
        return snapped;
    }

    private static Raster<float> Make(Raster<float> depth, Raster<byte> rgb, int radius)
    {
        var inverse = new float[depth.PixelCount];
        for (var i = 0; i < inverse.Length; i++) inverse[i] = 1 / depth.Samples[i];
        var band = Filters.Dilate(Jumps(inverse, depth.Width, depth.Height), radius);
        var snapped = depth.Clone();
        var stride = Math.Max(1, ((2 * radius) + MaxTaps - 1) / MaxTaps);
        Parallel.For(0, depth.Height, y =>
        {
            Span<float> values = stackalloc float[4 * MaxTaps * MaxTaps];
            Span<float> weights = stackalloc float[4 * MaxTaps * MaxTaps];
            for (var x = 0; x < depth.Width; x++)
            {
                if (band[x, y] == 0) continue;
                var count = Collect(inverse, rgb, x, y, radius, stride, values, weights);
                snapped[x, y] = 1 / Median(values[..count], weights[..count]);
            }
        });
        return snapped;
    }

    private static Raster<byte> Jumps(float[] inverse, int width, int height)
    {
        var jumps = new Raster<byte>(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                var across = inverse[x > 0 ? i - 1 : i] - inverse[x < width - 1 ? i + 1 : i];
                var down = inverse[y > 0 ? i - width : i] - inverse[y < height - 1 ? i + width : i];
                if (MathF.Max(MathF.Abs(across), MathF.Abs(down)) > JumpShare * inverse[i]) jumps.Samples[i] = 255;
            }
        }

        return jumps;
    }

    private static int Collect(float[] inverse, Raster<byte> rgb, int x, int y, int radius, int stride, Span<float> values, Span<float> weights)
    {
        var own = rgb.Samples.AsSpan(3 * ((y * rgb.Width) + x), 3);
        var nearness = 1f / (radius * radius);
        var count = 0;
        for (var dy = -radius; dy <= radius; dy += stride)
        {
            if ((uint)(y + dy) >= (uint)rgb.Height) continue;
            for (var dx = -radius; dx <= radius; dx += stride)
            {
                if ((uint)(x + dx) >= (uint)rgb.Width) continue;
                var i = ((y + dy) * rgb.Width) + x + dx;
                var other = rgb.Samples.AsSpan(3 * i, 3);
                int r = own[0] - other[0], g = own[1] - other[1], b = own[2] - other[2];
                values[count] = inverse[i];
                weights[count++] = MathF.Exp((-((r * r) + (g * g) + (b * b)) / (2 * ColourSigma * ColourSigma)) - (((dx * dx) + (dy * dy)) * nearness));
            }
        }

        return count;
    }

    private static float Median(Span<float> values, Span<float> weights)
    {
        values.Sort(weights);
        float total = 0;
        foreach (var weight in weights) total += weight;
        float passed = 0;
        for (var i = 0; i < values.Length; i++)
        {
            passed += weights[i];
            if (2 * passed >= total) return values[i];
        }

        return values[^1];
    }
}
