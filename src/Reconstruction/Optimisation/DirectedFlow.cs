namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Flow from one frame to another with its validity, packed to 4 bytes a pixel: 1/128 pixel steps (a tenth of the flow's own error),
/// so that a clip of hundreds of frames fits into memory.
/// </summary>
public sealed class DirectedFlow
{
    /// <summary>Pixels of one unit of <see cref="Packed"/>.</summary>
    internal const float Step = 1f / 128;

    /// <summary>Value of both channels of <see cref="Packed"/> where the flow is invalid.</summary>
    internal const short Invalid = short.MinValue;


    /// <summary>Flow that changes by more than this many pixels over <see cref="EdgeReachPixels"/> jumps from one surface to another.</summary>
    private const float EdgeJumpPixels = 0.5f;

    private const int EdgeReachPixels = 2;

    /// <summary>Flow this near to the picture's border was found with half of its surroundings missing.</summary>
    private const int BorderPixels = 3;

    private readonly short[] _packed;
    private readonly int _width;

    /// <param name="flow">[H, W, 2] du, dv in pixels.</param>
    /// <param name="valid">[H, W], 0 = invalid.</param>
    public DirectedFlow(int from, int to, int width, int height, ReadOnlySpan<float> flow, ReadOnlySpan<byte> valid)
    {
        var count = width * height;
        if (flow.Length != 2 * count || valid.Length != count)
            throw new ArgumentException($"flow {from}->{to}: {flow.Length} and {valid.Length} samples for {width}x{height}");
        From = from;
        To = to;
        _width = width;
        _packed = new short[2 * count];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                float u = flow[2 * i], v = flow[(2 * i) + 1], tx = x + u, ty = y + v;
                var ok = valid[i] != 0 && tx >= 0 && ty >= 0 && tx <= width - 1 && ty <= height - 1
                    && MathF.Abs(u) < 255 && MathF.Abs(v) < 255;
                _packed[2 * i] = ok ? (short)MathF.Round(u / Step) : Invalid;
                _packed[(2 * i) + 1] = ok ? (short)MathF.Round(v / Step) : Invalid;
                if (ok) ValidPixels++;
            }
        }
    }

    public int From { get; }

    public int To { get; }

    /// <summary>Pixels that are valid and whose target lies inside the picture.</summary>
    public int ValidPixels { get; }

    /// <summary>du, dv in units of <see cref="Step"/>, [H, W, 2].</summary>
    internal ReadOnlySpan<short> Packed => _packed;

    /// <summary>Where pixel (x, y) of frame <see cref="From"/> went, in pixels of frame <see cref="To"/>; inside the picture.</summary>
    public bool TryTarget(int x, int y, out float targetX, out float targetY)
    {
        var i = 2 * ((y * _width) + x);
        var u = _packed[i];
        targetX = x + (u * Step);
        targetY = y + (_packed[i + 1] * Step);
        return u != Invalid;
    }

    /// <summary>
    /// Whether the flow of a valid pixel may be held against its depth: not where it jumps, because flow is smeared from the nearer surface onto the
    /// one behind it and back again, so that following it forth and back shows nothing; and not at the picture's border.
    /// </summary>
    public bool IsSharp(int x, int y)
    {
        var height = _packed.Length / 2 / _width;
        return x >= BorderPixels && y >= BorderPixels && x < _width - BorderPixels && y < height - BorderPixels
            && IsLike(x, y, EdgeReachPixels, 0) && IsLike(x, y, -EdgeReachPixels, 0) && IsLike(x, y, 0, EdgeReachPixels) && IsLike(x, y, 0, -EdgeReachPixels);
    }

    private bool IsLike(int x, int y, int dx, int dy)
    {
        int i = 2 * ((y * _width) + x), j = 2 * (((y + dy) * _width) + x + dx);
        return _packed[j] == Invalid || Math.Abs(_packed[j] - _packed[i]) + Math.Abs(_packed[j + 1] - _packed[i + 1]) <= EdgeJumpPixels / Step;
    }
}
