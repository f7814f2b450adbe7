using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Relight;

/// <summary>A light in the world: a lamp at a point, or light from afar along a direction.</summary>
/// <param name="Place">The lamp's point, or the unit vector towards the light.</param>
internal sealed record WorldLight(bool IsLamp, Vec3 Place, double Reach)
{
    private const double ReachShare = 0.25;

    public static WorldLight Make(ISceneClip clip, RelightSettings settings)
    {
        ScenePoint.CheckFrame(clip, settings.Frame);
        var reach = settings.Reach ?? ReachShare * clip.DepthRange.Median;
        if (settings is not { X: { } x, Y: { } y })
            return new WorldLight(false, clip.CamFromWorld(settings.Frame).Rotation.Transposed * settings.Direction.Normalized, reach);
        var depth = settings.Depth ?? ScenePoint.DepthAt(clip, settings.Frame, x, y) * (1 - settings.Lift);
        return new WorldLight(true, ScenePoint.World(clip, settings.Frame, x, y, depth), reach);
    }

    /// <summary>The same in the axes of a camera.</summary>
    public WorldLight In(RigidTransform camFromWorld) => this with { Place = IsLamp ? camFromWorld.Apply(Place) : camFromWorld.Rotation * Place };

    /// <summary>Unit vector towards the light, how far it is, and its strength there: halved at its reach.</summary>
    public (Vec3 Towards, double Distance, double Strength) From(Vec3 point)
    {
        if (!IsLamp) return (Place, double.PositiveInfinity, 1);
        var to = Place - point;
        var distance = Math.Max(to.Length, 1e-6 * Reach);
        return (to * (1 / distance), distance, 1 / (1 + (distance * distance / (Reach * Reach))));
    }
}
