using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>The infinite plane dot(normal, x) = offset.</summary>
internal sealed class AxisPlane(Vec3 normal, double offset, Texture texture) : Primitive(texture)
{
    public override (Vec3 Center, double Radius) Bounds => (normal * offset, double.PositiveInfinity);

    public override double Intersect(Vec3 origin, Vec3 direction)
    {
        var t = (offset - normal.Dot(origin)) / normal.Dot(direction);
        return t > NearestParameter ? t : double.PositiveInfinity;
    }

    public override Vec3 Normal(Vec3 point) => normal;
}
