using System.Numerics;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>
/// Fills what is not known from what is: means over ever larger squares, coarse ones only where finer ones know nothing. Smooth, and the same every
/// time. (Gortler, Grzeszczuk, Szeliski, Cohen: The lumigraph, 1996.)
/// </summary>
internal static class PushPull
{
    /// <param name="values">X, Y, Z times a weight W, row by row; W = 0 where nothing is known. On return W = 1 everywhere, if anything was known.</param>
    public static void Fill(Vector4[] values, int width, int height)
    {
        if (width == 1 && height == 1)
        {
            if (values[0].W > 0) values[0] /= values[0].W;
            return;
        }

        int halfWidth = (width + 1) / 2, halfHeight = (height + 1) / 2;
        var coarse = new Vector4[halfWidth * halfHeight];
        Parallel.For(0, halfHeight, y =>
        {
            for (var x = 0; x < halfWidth; x++) coarse[(y * halfWidth) + x] = Pull(values, width, height, 2 * x, 2 * y);
        });
        Fill(coarse, halfWidth, halfHeight);
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                ref var value = ref values[(y * width) + x];
                var weight = MathF.Min(1, value.W);
                if (weight < 1) value += Push(coarse, halfWidth, halfHeight, x, y) * (1 - weight);
                if (value.W > 0) value /= value.W;
            }
        });
    }

    /// <summary>The sum of four, with its weight held to one: a known pixel counts no more than a known square.</summary>
    private static Vector4 Pull(Vector4[] values, int width, int height, int x, int y)
    {
        var sum = values[(y * width) + x];
        if (x + 1 < width) sum += values[(y * width) + x + 1];
        if (y + 1 < height) sum += values[((y + 1) * width) + x];
        if (x + 1 < width && y + 1 < height) sum += values[((y + 1) * width) + x + 1];
        return sum.W > 1 ? sum / sum.W : sum;
    }

    /// <summary>Bilinear: three quarters of the nearer square in each direction.</summary>
    private static Vector4 Push(Vector4[] coarse, int width, int height, int x, int y)
    {
        int x0 = x / 2, y0 = y / 2;
        var x1 = Math.Clamp((x & 1) == 0 ? x0 - 1 : x0 + 1, 0, width - 1);
        var y1 = Math.Clamp((y & 1) == 0 ? y0 - 1 : y0 + 1, 0, height - 1);
        return (coarse[(y0 * width) + x0] * 0.5625f) + (coarse[(y0 * width) + x1] * 0.1875f) + (coarse[(y1 * width) + x0] * 0.1875f)
            + (coarse[(y1 * width) + x1] * 0.0625f);
    }
}
