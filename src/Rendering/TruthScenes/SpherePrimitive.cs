using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>A sphere in body coordinates.</summary>
internal sealed class SpherePrimitive(Vec3 center, double radius, Texture texture) : Primitive(texture)
{
    public override (Vec3 Center, double Radius) Bounds => (center, radius);

    public override double Intersect(Vec3 origin, Vec3 direction)
    {
        var o = origin - center;
        double a = direction.Dot(direction), b = o.Dot(direction), c = o.Dot(o) - (radius * radius);
        var d = (b * b) - (a * c);
        if (d < 0) return double.PositiveInfinity;
        var root = Math.Sqrt(d);
        var t = (-b - root) / a;
        if (t <= NearestParameter) t = (-b + root) / a;
        return t > NearestParameter ? t : double.PositiveInfinity;
    }

    public override Vec3 Normal(Vec3 point) => (point - center).Normalized;

    public override (double U, double V) Coordinates(Vec3 point, Vec3 normal) =>
        (Math.Atan2(normal.X, normal.Z) * radius, Math.Asin(Math.Clamp(normal.Y, -1, 1)) * radius);
}
