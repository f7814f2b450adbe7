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
}
