using Depth3D.Imaging;

namespace Depth3D.Rendering.Views;

/// <summary>
/// Where neighbouring pixels of a depth map see different surfaces: inverse depth changes by more than any surface in view does, or by far more
/// than it changes on either side. Does not depend on the depth's unit.
/// </summary>
internal sealed class DepthJumps
{
    /// <summary>
    /// Change of inverse depth from pixel to pixel, as a share of it, that counts as a jump in any case: a ground plane reaches it only within 17
    /// rows of its horizon.
    /// </summary>
    private const float MaxStep = 0.06f;

    /// <summary>A smaller change counts when it stands out this much from the changes on either side.</summary>
    private const float MinStep = 0.015f, OutstandingBy = 4;

    private readonly bool[] _right, _down;

    public DepthJumps(Raster<float> depth)
    {
        (Width, Height) = (depth.Width, depth.Height);
        Inverse = new float[depth.PixelCount];
        for (var i = 0; i < Inverse.Length; i++)
            Inverse[i] = depth.Samples[i] is > 0 and < float.PositiveInfinity ? 1 / depth.Samples[i] : 0;
        _right = new bool[Inverse.Length];
        _down = new bool[Inverse.Length];
        Parallel.For(0, Height, y =>
        {
            for (var x = 0; x < Width; x++)
            {
                var i = (y * Width) + x;
                _right[i] = x < Width - 1 && Between(i, 1, x > 0, x < Width - 2);
                _down[i] = y < Height - 1 && Between(i, Width, y > 0, y < Height - 2);
            }
        });
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>1/z per pixel; 0 where depth is not positive and finite.</summary>
    public float[] Inverse { get; }

    /// <summary>Between a pixel and its right neighbour.</summary>
    public bool Right(int pixel) => _right[pixel];

    /// <summary>Between a pixel and the one below.</summary>
    public bool Down(int pixel) => _down[pixel];

    /// <summary>Whether two pixels, not far apart, may lie on one surface.</summary>
    public bool Together(int a, int b) => Math.Abs(Inverse[a] - Inverse[b]) <= MaxStep * Math.Max(Inverse[a], Inverse[b]);

    /// <summary>True for pixels with a jump to any of the four neighbours.</summary>
    /// <param name="farSide">Only those that lie on the farther side of it.</param>
    public bool[] Beside(bool farSide)
    {
        var beside = new bool[Inverse.Length];
        for (var i = 0; i < beside.Length; i++)
        {
            if (_right[i]) Mark(i, i + 1);
            if (_down[i]) Mark(i, i + Width);
        }

        return beside;
        void Mark(int a, int b)
        {
            if (!farSide || Inverse[a] <= Inverse[b]) beside[a] = true;
            if (!farSide || Inverse[b] <= Inverse[a]) beside[b] = true;
        }
    }

    private bool Between(int i, int step, bool before, bool after)
    {
        float here = Inverse[i], next = Inverse[i + step], change = Math.Abs(next - here), larger = Math.Max(here, next);
        if (here <= 0 || next <= 0 || change > MaxStep * larger) return true;
        if (change <= MinStep * larger) return false;
        var around = Math.Max(before ? Math.Abs(here - Inverse[i - step]) : 0, after ? Math.Abs(Inverse[i + (2 * step)] - next) : 0);
        return change > OutstandingBy * around;
    }
}
