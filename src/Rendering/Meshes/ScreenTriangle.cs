using System.Numerics;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Rendering.Meshes;

/// <summary>A projected triangle: everything divided by depth is linear on the screen.</summary>
internal sealed class ScreenTriangle
{
    private readonly Corner _a, _b, _c;
    private readonly double _ax, _ay, _bx, _by, _cx, _cy, _area;
    private readonly double _ia, _ib, _ic;

    private ScreenTriangle(in Corner a, in Corner b, in Corner c, Intrinsics camera, MeshMaterial material)
    {
        (_a, _b, _c, Material) = (a, b, c, material);
        (_ax, _ay) = Project(a, camera);
        (_bx, _by) = Project(b, camera);
        (_cx, _cy) = Project(c, camera);
        (_ia, _ib, _ic) = (1.0 / a.Point.Z, 1.0 / b.Point.Z, 1.0 / c.Point.Z);
        _area = ((_bx - _ax) * (_cy - _ay)) - ((_by - _ay) * (_cx - _ax));
        Top = Bound(Math.Min(_ay, Math.Min(_by, _cy)), camera.Height);
        Bottom = Bound(Math.Max(_ay, Math.Max(_by, _cy)), camera.Height);
        Left = Bound(Math.Min(_ax, Math.Min(_bx, _cx)), camera.Width);
        Right = Bound(Math.Max(_ax, Math.Max(_bx, _cx)), camera.Width);
    }

    public MeshMaterial Material { get; }

    /// <summary>First and last row and column that it may touch, clamped to -1 and the picture's size.</summary>
    public int Top { get; }

    public int Bottom { get; }

    public int Left { get; }

    public int Right { get; }

    /// <returns>Null where the triangle has no area on the screen.</returns>
    public static ScreenTriangle? Make(in Corner a, in Corner b, in Corner c, Intrinsics camera, MeshMaterial material)
    {
        var triangle = new ScreenTriangle(a, b, c, camera, material);
        return double.IsFinite(1 / triangle._area) ? triangle : null;
    }

    /// <summary>Weights of the corners at a pixel, already divided by depth; false outside.</summary>
    public bool Covers(double x, double y, out Vector3 weights, out float depth)
    {
        var a = (((_bx - x) * (_cy - y)) - ((_by - y) * (_cx - x))) / _area;
        var b = (((_cx - x) * (_ay - y)) - ((_cy - y) * (_ax - x))) / _area;
        var c = 1 - a - b;
        (weights, depth) = (default, 0);
        if (!(a >= 0 && b >= 0 && c >= 0)) return false;
        (weights, depth) = Weights(a, b, c);
        return true;
    }

    public Corner At(Vector3 w) => new(
        (_a.Point * w.X) + (_b.Point * w.Y) + (_c.Point * w.Z), (_a.Normal * w.X) + (_b.Normal * w.Y) + (_c.Normal * w.Z),
        (_a.TexCoord * w.X) + (_b.TexCoord * w.Y) + (_c.TexCoord * w.Z), (_a.Colour * w.X) + (_b.Colour * w.Y) + (_c.Colour * w.Z));

    /// <summary>How far texture coordinates move to the next sample to the right and below, continued beyond the edges.</summary>
    public (Vector2 Right, Vector2 Below) Steps(double x, double y, Vector2 here) => (At(Extended(x + 1, y)).TexCoord - here, At(Extended(x, y + 1)).TexCoord - here);

    private Vector3 Extended(double x, double y)
    {
        var a = (((_bx - x) * (_cy - y)) - ((_by - y) * (_cx - x))) / _area;
        var b = (((_cx - x) * (_ay - y)) - ((_cy - y) * (_ax - x))) / _area;
        return Weights(a, b, 1 - a - b).Weights;
    }

    private (Vector3 Weights, float Depth) Weights(double a, double b, double c)
    {
        double wa = a * _ia, wb = b * _ib, wc = c * _ic, depth = 1 / (wa + wb + wc);
        return (new Vector3((float)(wa * depth), (float)(wb * depth), (float)(wc * depth)), (float)depth);
    }

    private static (double, double) Project(in Corner corner, Intrinsics camera) =>
        ((camera.Fx * corner.Point.X / corner.Point.Z) + camera.Cx, (camera.Fy * corner.Point.Y / corner.Point.Z) + camera.Cy);

    private static int Bound(double value, int size) => (int)Math.Clamp(Math.Ceiling(value), -1, size);
}
