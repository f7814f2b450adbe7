using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// A sheet over a rectangle, raised by waves that repeat with the period of their scene: the points (a, b, base + Height(a, b)) in the sheet's own axes,
/// in which b follows a and c follows b round the world's axes. One instance is the sheet at one moment.
/// </summary>
internal abstract class WavePrimitive(WaveSheet sheet, Texture texture) : Primitive(texture)
{
    /// <summary>Steps through the slab that the waves stay in, before the crossing is bisected.</summary>
    private const int Steps = 12;

    private const int Bisections = 16;

    /// <summary>Distance of the differences that slopes are taken by, world units.</summary>
    private const double Difference = 1e-4;

    protected WaveSheet Sheet { get; } = sheet;

    public override (Vec3 Center, double Radius) Bounds { get; } = sheet.Bounds;

    public override double Intersect(Vec3 origin, Vec3 direction)
    {
        var (o, d) = (Sheet.FromWorld(origin), Sheet.FromWorld(direction));
        if (Math.Abs(d.Z) < 1e-12) return double.PositiveInfinity;
        double first = (Sheet.Base - Sheet.Reach - o.Z) / d.Z, last = (Sheet.Base + Sheet.Reach - o.Z) / d.Z;
        if (first > last) (first, last) = (last, first);
        first = Math.Max(first, NearestParameter);
        if (first >= last) return double.PositiveInfinity;
        var before = Above(o + (d * first));
        for (var i = 1; i <= Steps; i++)
        {
            var end = first + ((last - first) * i / Steps);
            var after = Above(o + (d * end));
            if (before * after <= 0) return Crossing(o, d, first + ((last - first) * (i - 1) / Steps), end, before);
            before = after;
        }

        return double.PositiveInfinity;
    }

    /// <summary>The side that is seen looks against axis c: towards the cameras, or up, as y points down.</summary>
    public override Vec3 Normal(Vec3 point)
    {
        var p = Sheet.FromWorld(point);
        var (a, b) = Slope(p.X, p.Y);
        return Sheet.ToWorld(new Vec3(a * Sheet.Relief, b * Sheet.Relief, -1).Normalized);
    }

    public override (double U, double V) Coordinates(Vec3 point, Vec3 normal)
    {
        var p = Sheet.FromWorld(point);
        return Texel(p.X, p.Y);
    }

    /// <summary>Height of the sheet over its base at this moment, at most <see cref="WaveSheet.Reach"/>.</summary>
    protected abstract double Height(double a, double b);

    /// <summary>Point of the texture that is seen at a point of the sheet.</summary>
    protected abstract (double U, double V) Texel(double a, double b);

    /// <summary>Whether there is cloth or water at a point.</summary>
    protected abstract bool Covers(double a, double b);

    protected (double A, double B) Slope(double a, double b) =>
        ((Height(a + Difference, b) - Height(a - Difference, b)) / (2 * Difference), (Height(a, b + Difference) - Height(a, b - Difference)) / (2 * Difference));

    private double Above(Vec3 p) => p.Z - Sheet.Base - Height(p.X, p.Y);

    private double Crossing(Vec3 o, Vec3 d, double from, double to, double before)
    {
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (from + to) / 2;
            if (before * Above(o + (d * middle)) <= 0) to = middle;
            else from = middle;
        }

        var p = o + (d * to);
        return Covers(p.X, p.Y) ? to : double.PositiveInfinity;
    }
}
