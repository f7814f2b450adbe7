using System.Runtime.Intrinsics;
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
    private readonly Vector128<float>[] _colours;

    public FrameTexture(Raster<byte> rgb, DepthJumps jumps)
    {
        (_rgb, _jumps) = (rgb, jumps);
        _nearJump = Widened(jumps.Beside(farSide: false), rgb.Width, rgb.Height);
        _colours = GC.AllocateUninitializedArray<Vector128<float>>(rgb.PixelCount);
        Parallel.For(0, rgb.Height, y =>
        {
            for (var i = y * rgb.Width; i < (y + 1) * rgb.Width; i++)
                _colours[i] = Vector128.Create(rgb.Samples[3 * i], rgb.Samples[(3 * i) + 1], rgb.Samples[(3 * i) + 2], 0f);
        });
    }

    /// <summary>Mean colour of a pixel's samples.</summary>
    public void Shade(SurfaceSamples samples, ReadOnlySpan<int> indices, Span<byte> rgb)
    {
        var sum = Vector128<float>.Zero;
        if (IsOnePlace(samples, indices, out var x, out var y)) sum = Add(x, y, 1, sum);
        else
            foreach (var i in indices) sum = Add(samples.X[i], samples.Y[i], 1f / indices.Length, sum);
        var rounded = Vector128.ConvertToInt32(Vector128.Clamp(sum + Vector128.Create(0.5f), Vector128<float>.Zero, Vector128.Create(255f)));
        (rgb[0], rgb[1], rgb[2]) = ((byte)rounded.GetElement(0), (byte)rounded.GetElement(1), (byte)rounded.GetElement(2));
    }

    private static bool IsOnePlace(SurfaceSamples samples, ReadOnlySpan<int> indices, out float x, out float y)
    {
        float left = float.MaxValue, right = float.MinValue, top = float.MaxValue, bottom = float.MinValue, far = float.MaxValue, near = 0;
        (x, y) = (0, 0);
        foreach (var i in indices)
        {
            float column = samples.X[i], row = samples.Y[i], inverse = samples.Inverse[i];
            (left, right) = (column < left ? column : left, column > right ? column : right);
            (top, bottom) = (row < top ? row : top, row > bottom ? row : bottom);
            (far, near) = (inverse < far ? inverse : far, inverse > near ? inverse : near);
            x += column;
            y += row;
        }

        (x, y) = (x / indices.Length, y / indices.Length);
        return near - far <= SameSurface * near && right - left <= ReducedSpan && bottom - top <= ReducedSpan;
    }

    private Vector128<float> Add(float x, float y, float share, Vector128<float> sum)
    {
        int width = _rgb.Width, height = _rgb.Height;
        int nearestX = Math.Clamp((int)MathF.Round(x), 0, width - 1), nearestY = Math.Clamp((int)MathF.Round(y), 0, height - 1);
        var nearest = (nearestY * width) + nearestX;
        if (_nearJump[nearest]) return sum + (Within(x, y, nearest, out var weights) * (share / weights));
        int x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y);
        Vector128<float> wx = Cubic(x - x0) * share, wy = Cubic(y - y0);
        if (x0 < 1 || y0 < 1 || x0 >= width - 2 || y0 >= height - 2) return AddAtBorder(x0, y0, wx, wy, sum);
        for (var v = 0; v < 4; v++)
        {
            var row = _colours.AsSpan(((y0 - 1 + v) * width) + x0 - 1, 4);
            var weights4 = wx * wy.GetElement(v);
            sum += row[0] * weights4.GetElement(0);
            sum += row[1] * weights4.GetElement(1);
            sum += row[2] * weights4.GetElement(2);
            sum += row[3] * weights4.GetElement(3);
        }

        return sum;
    }

    private Vector128<float> AddAtBorder(int x0, int y0, Vector128<float> wx, Vector128<float> wy, Vector128<float> sum)
    {
        for (var v = 0; v < 4; v++)
        {
            var row = Math.Clamp(y0 - 1 + v, 0, _rgb.Height - 1) * _rgb.Width;
            for (var u = 0; u < 4; u++) sum += _colours[row + Math.Clamp(x0 - 1 + u, 0, _rgb.Width - 1)] * (wx.GetElement(u) * wy.GetElement(v));
        }

        return sum;
    }

    /// <summary>Bilinear among the four pixels around, as far as they belong to the nearest one's surface; not divided by their weights.</summary>
    private Vector128<float> Within(float x, float y, int nearest, out float weights)
    {
        int width = _rgb.Width, x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y);
        float fx = x - x0, fy = y - y0;
        var sum = Vector128<float>.Zero;
        weights = 0;
        for (var k = 0; k < 4; k++)
        {
            int u = Math.Clamp(x0 + (k & 1), 0, width - 1), v = Math.Clamp(y0 + (k >> 1), 0, _rgb.Height - 1), i = (v * width) + u;
            if (i != nearest && !_jumps.Together(i, nearest)) continue;
            var weight = ((k & 1) == 1 ? fx : 1 - fx) * (k >> 1 == 1 ? fy : 1 - fy);
            sum += _colours[i] * weight;
            weights += weight;
        }

        return sum;
    }

    private static Vector128<float> Cubic(float t) => Vector128.Create(
        ((((-0.5f * t) + 1) * t) - 0.5f) * t,
        (((1.5f * t) - 2.5f) * t * t) + 1,
        ((((-1.5f * t) + 2) * t) + 0.5f) * t,
        ((0.5f * t) - 0.5f) * t * t);

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
