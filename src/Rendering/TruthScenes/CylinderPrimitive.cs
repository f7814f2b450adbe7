using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>A capped cylinder along the body's y axis, between center.Y - halfHeight and center.Y + halfHeight.</summary>
internal sealed class CylinderPrimitive(Vec3 center, double radius, double halfHeight, Texture texture) : Primitive(texture)
{
    public override (Vec3 Center, double Radius) Bounds => (center, Math.Sqrt((radius * radius) + (halfHeight * halfHeight)));

    public override double Intersect(Vec3 origin, Vec3 direction)
    {
        var o = origin - center;
        return Math.Min(Side(o, direction), Math.Min(Cap(o, direction, halfHeight), Cap(o, direction, -halfHeight)));
    }

    public override Vec3 Normal(Vec3 point)
    {
        var p = point - center;
        var radial = Math.Sqrt((p.X * p.X) + (p.Z * p.Z));
        return Math.Abs(p.Y) - halfHeight > radial - radius ? new(0, Math.Sign(p.Y), 0) : new(p.X / radial, 0, p.Z / radial);
    }

    public override (double U, double V) Coordinates(Vec3 point, Vec3 normal) => normal.Y != 0
        ? (point.X, point.Z)
        : (Math.Atan2(point.X - center.X, point.Z - center.Z) * radius, point.Y);

    private double Side(Vec3 o, Vec3 d)
    {
        var a = (d.X * d.X) + (d.Z * d.Z);
        if (a == 0) return double.PositiveInfinity;
        var b = (o.X * d.X) + (o.Z * d.Z);
        var discriminant = (b * b) - (a * ((o.X * o.X) + (o.Z * o.Z) - (radius * radius)));
        if (discriminant < 0) return double.PositiveInfinity;
        var root = Math.Sqrt(discriminant);
        var t = (-b - root) / a;
        if (Hits(t)) return t;
        t = (-b + root) / a;
        return Hits(t) ? t : double.PositiveInfinity;

        bool Hits(double at) => at > NearestParameter && Math.Abs(o.Y + (at * d.Y)) <= halfHeight;
    }

    private double Cap(Vec3 o, Vec3 d, double height)
    {
        var t = (height - o.Y) / d.Y;
        if (!(t > NearestParameter)) return double.PositiveInfinity;
        double x = o.X + (t * d.X), z = o.Z + (t * d.Z);
        return (x * x) + (z * z) <= radius * radius ? t : double.PositiveInfinity;
    }
}
