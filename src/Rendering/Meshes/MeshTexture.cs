using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Meshes;

/// <summary>A picture on a surface, with smaller copies of it for views from afar. Repeats beyond its edges.</summary>
public sealed class MeshTexture
{
    private readonly Raster<byte>[] _levels;
    private readonly bool _repeats;

    /// <param name="rgba">Four channels, not premultiplied.</param>
    /// <param name="repeats">Whether it continues beyond its edges, or ends there.</param>
    public MeshTexture(Raster<byte> rgba, bool repeats = true)
    {
        ArgumentNullException.ThrowIfNull(rgba);
        if (rgba.Channels != 4) throw new ArgumentException($"a texture has 4 channels, got {rgba.Channels}", nameof(rgba));
        _repeats = repeats;
        var levels = new List<Raster<byte>> { rgba };
        while (levels[^1].Width > 1 || levels[^1].Height > 1) levels.Add(Half(levels[^1]));
        _levels = [.. levels];
    }

    public int Width => _levels[0].Width;

    public int Height => _levels[0].Height;

    /// <summary>Light and coverage, premultiplied, at (u, v) from the top left.</summary>
    /// <param name="footprint">Width in texels of the full picture that one sample covers.</param>
    public Vector4 Sample(float u, float v, float footprint)
    {
        var level = Math.Clamp(MathF.Log2(MathF.Max(footprint, 1)), 0, _levels.Length - 1);
        var fine = (int)level;
        var value = Bilinear(_levels[fine], u, v);
        var share = level - fine;
        return share > 0 ? Vector4.Lerp(value, Bilinear(_levels[fine + 1], u, v), share) : value;
    }

    private Vector4 Bilinear(Raster<byte> level, float u, float v)
    {
        float x = (u * level.Width) - 0.5f, y = (v * level.Height) - 0.5f;
        float left = MathF.Floor(x), top = MathF.Floor(y);
        int x0 = Wrap(left, level.Width), x1 = Wrap(left + 1, level.Width), y0 = Wrap(top, level.Height), y1 = Wrap(top + 1, level.Height);
        var above = Vector4.Lerp(Texel(level, x0, y0), Texel(level, x1, y0), x - left);
        var below = Vector4.Lerp(Texel(level, x0, y1), Texel(level, x1, y1), x - left);
        return Vector4.Lerp(above, below, y - top);
    }

    private int Wrap(float index, int size)
    {
        if (!_repeats) return (int)Math.Clamp(index, 0, size - 1);
        var turned = index - (MathF.Floor(index / size) * size);
        return Math.Min((int)turned, size - 1);
    }

    private static Vector4 Texel(Raster<byte> level, int x, int y)
    {
        var index = (y * level.Width) + x;
        var alpha = level.Samples[(4 * index) + 3] / 255f;
        return LinearLight.Pixel(level, index) * alpha;
    }

    private static Raster<byte> Half(Raster<byte> from)
    {
        var to = new Raster<byte>(Math.Max(1, from.Width / 2), Math.Max(1, from.Height / 2), 4);
        Parallel.For(0, to.Height, y =>
        {
            for (var x = 0; x < to.Width; x++)
            {
                int x0 = Math.Min(2 * x, from.Width - 1), x1 = Math.Min((2 * x) + 1, from.Width - 1);
                int y0 = Math.Min(2 * y, from.Height - 1), y1 = Math.Min((2 * y) + 1, from.Height - 1);
                var mean = (Texel(from, x0, y0) + Texel(from, x1, y0) + Texel(from, x0, y1) + Texel(from, x1, y1)) / 4;
                var index = (y * to.Width) + x;
                if (mean.W > 0) LinearLight.Store(to, index, mean / mean.W);
                to.Samples[(4 * index) + 3] = (byte)((mean.W * 255) + 0.5f);
            }
        });
        return to;
    }
}
