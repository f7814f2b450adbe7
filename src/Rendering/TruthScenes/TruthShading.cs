using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Diffuse light from above with soft contact shadows on the ground, for one frame.</summary>
internal sealed class TruthShading
{
    private static readonly Vec3 ToLight = new Vec3(-0.45, -0.8, -0.5).Normalized;

    private readonly RayCaster _caster;
    private readonly double _pixelPerDepth;
    private readonly (double X, double Z, double Radius, double Gap)[] _feet;

    /// <param name="pixelPerDepth">Width of a pixel at depth 1, world units.</param>
    public TruthShading(TruthScene scene, int frameIndex, RayCaster caster, double pixelPerDepth)
    {
        _caster = caster;
        _pixelPerDepth = pixelPerDepth;
        _feet = [.. StaticFeet(scene.Bodies[0]), .. scene.Bodies.Skip(1).Where(b => b.FootRadius > 0).Select(b => Foot(b, b.WorldFromBody(frameIndex)))];
    }

    public Colour3 Colour(in RayHit hit, Vec3 direction)
    {
        var normal = hit.Surface.Normal(hit.BodyPoint);
        var worldFromBody = _caster.WorldFromBody(hit.BodyIndex);
        var worldNormal = worldFromBody.Rotation * normal;
        var facing = Math.Max(0.12, Math.Abs(worldNormal.Dot(direction)) / direction.Length);
        var footprint = hit.Parameter * _pixelPerDepth / Math.Sqrt(facing);
        var (u, v) = hit.Surface.Coordinates(hit.BodyPoint, normal);
        var light = 0.62 + (0.5 * Math.Max(0, worldNormal.Dot(ToLight))) + (0.08 * worldNormal.X);
        if (hit.BodyIndex == 0 && normal.Y < -0.9 && hit.BodyPoint.Y > -0.05) light *= ContactShadow(hit.BodyPoint);
        return hit.Surface.Texture.At(u, v, footprint) * (float)light;
    }

    private double ContactShadow(Vec3 ground)
    {
        double light = 1;
        foreach (var (x, z, radius, gap) in _feet)
        {
            double dx = ground.X - x, dz = ground.Z - z, spread = 0.22 + (0.5 * gap);
            var squared = (dx * dx) + (dz * dz);
            var reach = radius + (3 * spread);
            if (squared > reach * reach) continue;
            var outside = Math.Max(0, Math.Sqrt(squared) - radius) / spread;
            light *= 1 - (0.6 * Math.Exp(-outside * outside) / (1 + (2.5 * gap)));
        }

        return light;
    }

    private static (double, double, double, double) Foot(TruthBody body, RigidTransform worldFromBody)
    {
        var origin = worldFromBody.Translation;
        return (origin.X, origin.Z, body.FootRadius, Math.Max(0, -origin.Y + body.FootHeight));
    }

    private static IEnumerable<(double, double, double, double)> StaticFeet(TruthBody body)
    {
        foreach (var primitive in body.Primitives)
        {
            var (center, radius) = primitive.Bounds;
            if (radius < 1.2 && center.Y > -0.6) yield return (center.X, center.Z, radius * 0.75, 0);
        }
    }
}
