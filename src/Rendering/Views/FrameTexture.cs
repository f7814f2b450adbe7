using Depth3D.Imaging;

namespace Depth3D.Rendering.Views;

/// <summary>
/// Looks up a frame's colour between its pixels: with Keys' cubic kernel (a = -1/2), and near depth jumps only among the pixels that belong to the
/// surface.
/// </summary>
internal sealed class FrameTexture
{
    /// <summary>Samples of a pixel that differ by a smaller share of inverse depth are one surface.</summary>
    private const float SameSurface = 0.04f;

    /// <summary>
    /// Two samples of a pixel that lie farther apart in the frame show it reduced; then every sample is looked up. At the frame's own scale they
    /// lie half a pixel apart.
    /// </summary>
    private const float ReducedSpan = 0.7f;

    private readonly Raster<byte> _rgb;
    private readonly DepthJumps _jumps;
    private readonly bool[] _nearJump;

    public FrameTexture(Raster<byte> rgb, DepthJumps jumps)
    {
        (_rgb, _jumps) = (rgb, jumps);
        _nearJump = Widened(jumps.Beside(farSide: false), rgb.Width, rgb.Height);
    }

    /// <summary>Mean colour of a pixel's samples.</summary>
    public void Shade(SurfaceSamples samples, ReadOnlySpan<int> indices, Span<byte> rgb)
    {
        Span<float> sum = stackalloc float[3];
        if (IsOnePlace(samples, indices, out var x, out var y)) Add(x, y, 1, sum);
        else
            foreach (var i in indices) Add(samples.X[i], samples.Y[i], 1f / indices.Length, sum);
        for (var c = 0; c < 3; c++) rgb[c] = (byte)Math.Clamp(sum[c] + 0.5f, 0, 255);
    }

    private static bool IsOnePlace(SurfaceSamples samples, ReadOnlySpan<int> indices, out float x, out float y)
    {
        float left = float.MaxValue, right = float.MinValue, top = float.MaxValue, bottom = float.MinValue, far = float.MaxValue, near = 0;
        (x, y) = (0, 0);
        foreach (var i in indices)
        {
            (left, right) = (Math.Min(left, samples.X[i]), Math.Max(right, samples.X[i]));
            (top, bottom) = (Math.Min(top, samples.Y[i]), Math.Max(bottom, samples.Y[i]));
            (far, near) = (Math.Min(far, samples.Inverse[i]), Math.Max(near, samples.Inverse[i]));
            x += samples.X[i];
            y += samples.Y[i];
        }

        (x, y) = (x / indices.Length, y / indices.Length);
        return near - far <= SameSurface * near && right - left <= ReducedSpan && bottom - top <= ReducedSpan;
    }

    private void Add(float x, float y, float share, Span<float> sum)
    {
        int width = _rgb.Width, height = _rgb.Height;
        int nearestX = Math.Clamp((int)MathF.Round(x), 0, width - 1), nearestY = Math.Clamp((int)MathF.Round(y), 0, height - 1);
        var nearest = (nearestY * width) + nearestX;
        if (_nearJump[nearest])
        {
            AddWithin(x, y, nearest, share, sum);
            return;
        }

        int x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y);
        Span<float> wx = stackalloc float[4], wy = stackalloc float[4];
        Cubic(x - x0, wx);
        Cubic(y - y0, wy);
        for (var v = 0; v < 4; v++)
        {
            var row = Math.Clamp(y0 - 1 + v, 0, height - 1) * width;
            for (var u = 0; u < 4; u++)
            {
                var i = 3 * (row + Math.Clamp(x0 - 1 + u, 0, width - 1));
                var weight = share * wx[u] * wy[v];
                sum[0] += weight * _rgb.Samples[i];
                sum[1] += weight * _rgb.Samples[i + 1];
                sum[2] += weight * _rgb.Samples[i + 2];
            }
        }
    }

    /// <summary>Bilinear among the four pixels around, as far as they belong to the nearest one's surface.</summary>
    private void AddWithin(float x, float y, int nearest, float share, Span<float> sum)
    {
        int width = _rgb.Width, x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y);
        float fx = x - x0, fy = y - y0, r = 0, g = 0, b = 0, weights = 0;
        for (var k = 0; k < 4; k++)
        {
            int u = Math.Clamp(x0 + (k & 1), 0, width - 1), v = Math.Clamp(y0 + (k >> 1), 0, _rgb.Height - 1), i = (v * width) + u;
            if (i != nearest && !_jumps.Together(i, nearest)) continue;
            var weight = ((k & 1) == 1 ? fx : 1 - fx) * (k >> 1 == 1 ? fy : 1 - fy);
            r += weight * _rgb.Samples[3 * i];
            g += weight * _rgb.Samples[(3 * i) + 1];
            b += weight * _rgb.Samples[(3 * i) + 2];
            weights += weight;
        }

        var scale = share / weights;
        sum[0] += r * scale;
        sum[1] += g * scale;
        sum[2] += b * scale;
    }

    private static void Cubic(float t, Span<float> weights)
    {
        weights[0] = ((((-0.5f * t) + 1) * t) - 0.5f) * t;
        weights[1] = (((1.5f * t) - 2.5f) * t * t) + 1;
        weights[2] = ((((-1.5f * t) + 2) * t) + 0.5f) * t;
        weights[3] = ((0.5f * t) - 0.5f) * t * t;
    }

    private static bool[] Widened(bool[] mask, int width, int height)
    {
        var wide = new bool[mask.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                if (mask[(y * width) + x])
                    for (var v = Math.Max(y - 1, 0); v <= Math.Min(y + 1, height - 1); v++)
                        wide.AsSpan((v * width) + Math.Max(x - 1, 0), Math.Min(x + 1, width - 1) - Math.Max(x - 1, 0) + 1).Fill(true);
        return wide;
    }
}
