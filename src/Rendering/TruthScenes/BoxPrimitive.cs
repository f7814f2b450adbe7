using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>An axis-aligned box in body coordinates.</summary>
internal sealed class BoxPrimitive(Vec3 center, Vec3 half, Texture texture) : Primitive(texture)
{
    public override (Vec3 Center, double Radius) Bounds => (center, half.Length);

    public override double Intersect(Vec3 origin, Vec3 direction)
    {
        var o = origin - center;
        double near = double.NegativeInfinity, far = double.PositiveInfinity;
        Slab(o.X, direction.X, half.X, ref near, ref far);
        Slab(o.Y, direction.Y, half.Y, ref near, ref far);
        Slab(o.Z, direction.Z, half.Z, ref near, ref far);
        if (near > far) return double.PositiveInfinity;
        if (near > NearestParameter) return near;
        return far > NearestParameter ? far : double.PositiveInfinity;
    }

    public override Vec3 Normal(Vec3 point)
    {
        var p = point - center;
        double x = Math.Abs(p.X) - half.X, y = Math.Abs(p.Y) - half.Y, z = Math.Abs(p.Z) - half.Z;
        if (x >= y && x >= z) return new(Math.Sign(p.X), 0, 0);
        return y >= z ? new(0, Math.Sign(p.Y), 0) : new(0, 0, Math.Sign(p.Z));
    }

    private static void Slab(double origin, double direction, double half, ref double near, ref double far)
    {
        if (direction == 0)
        {
            if (Math.Abs(origin) > half) near = double.PositiveInfinity;
            return;
        }

        double a = (-half - origin) / direction, b = (half - origin) / direction;
        near = Math.Max(near, Math.Min(a, b));
        far = Math.Min(far, Math.Max(a, b));
    }
}
