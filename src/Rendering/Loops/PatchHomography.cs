using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Loops;

/// <summary>A homography relative to the upper left pixel of a patch and to the texel it sees.</summary>
internal readonly struct PatchHomography
{
    private readonly float _ux, _uy, _u, _vx, _vy, _v, _wx, _wy, _w;
    private readonly int _u0, _v0;

    public PatchHomography(Mat3 texelFromPixel, int left, int top)
    {
        var g = texelFromPixel;
        double u = At(g.M00, g.M01, g.M02), v = At(g.M10, g.M11, g.M12), w = At(g.M20, g.M21, g.M22);
        (_u0, _v0) = w > 0 ? (Whole(u / w), Whole(v / w)) : (0, 0);
        var scale = w > 0 ? 1 / w : 1;
        (_ux, _uy, _u) = (F(g.M00 - (_u0 * g.M20)), F(g.M01 - (_u0 * g.M21)), F(u - (_u0 * w)));
        (_vx, _vy, _v) = (F(g.M10 - (_v0 * g.M20)), F(g.M11 - (_v0 * g.M21)), F(v - (_v0 * w)));
        (_wx, _wy, _w) = (F(g.M20), F(g.M21), F(w));

        double At(double a, double b, double c) => (a * left) + (b * top) + c;
        float F(double value) => (float)(value * scale);
    }

    /// <summary>The upper left texel of the lookup for a pixel of the patch and the place between it and its neighbours; false where the ray misses the plane.</summary>
    public bool TryMap(int x, int y, out int u, out int v, out float fractionU, out float fractionV)
    {
        var w = (_wx * x) + (_wy * y) + _w;
        (u, v, fractionU, fractionV) = (0, 0, 0, 0);
        if (!(w > 0)) return false;
        var inverse = 1 / w;
        float atU = ((_ux * x) + (_uy * y) + _u) * inverse, atV = ((_vx * x) + (_vy * y) + _v) * inverse;
        if (!(MathF.Abs(atU) < Far && MathF.Abs(atV) < Far)) return false;
        float wholeU = MathF.Floor(atU), wholeV = MathF.Floor(atV);
        (u, v) = ((int)wholeU + _u0, (int)wholeV + _v0);
        (fractionU, fractionV) = (atU - wholeU, atV - wholeV);
        return true;
    }

    /// <summary>Farther from the patch than any texel grid is large.</summary>
    private const float Far = 1 << 20;

    private static int Whole(double value) => (int)Math.Clamp(Math.Floor(value), -Far, Far);
}
