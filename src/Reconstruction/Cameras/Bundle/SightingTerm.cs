using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>
/// One sighting's residual and its derivatives: by the camera it was taken from, the camera that sees it (each turn then shift, applied from the
/// left), the logarithm of the focal length, and the inverse depth.
/// </summary>
internal readonly struct SightingTerm
{
    private const double Nearest = 1e-6;

    private readonly Vec3 _point;
    private readonly Vec3 _ray;
    private readonly RigidTransform _relative;
    private readonly double _focal;
    private readonly double _inverseDepth;

    private SightingTerm(RigidTransform relative, Vec3 ray, Vec3 point, double focal, double inverseDepth, FlowSighting sighting)
    {
        (_relative, _ray, _point, _focal, _inverseDepth) = (relative, ray, point, focal, inverseDepth);
        (Du, Dv) = ((focal * point.X / point.Z) - sighting.X, (focal * point.Y / point.Z) - sighting.Y);
    }

    /// <summary>Predicted less seen, pixels.</summary>
    public double Du { get; }

    public double Dv { get; }

    public double Square => (Du * Du) + (Dv * Dv);

    /// <returns>False behind the camera.</returns>
    public static bool TryMake(BundleState state, FlowPoint point, double inverseDepth, FlowSighting sighting, out SightingTerm term)
    {
        var relative = state.CamFromWorld[sighting.Frame] * state.CamFromWorld[point.Frame].Inverse();
        var ray = new Vec3(point.X / state.Focal, point.Y / state.Focal, 1);
        var seen = (relative.Rotation * ray) + (relative.Translation * inverseDepth);
        term = seen.Z > Nearest ? new SightingTerm(relative, ray, seen, state.Focal, inverseDepth, sighting) : default;
        return seen.Z > Nearest;
    }

    /// <summary>Fills rows of 14: from-camera 0..5, to-camera 6..11, focal length 12, inverse depth 13.</summary>
    public void Derivatives(Span<double> u, Span<double> v)
    {
        var r = _relative.Rotation;
        Span<Vec3> axes = [new Vec3(1, 0, 0), new Vec3(0, 1, 0), new Vec3(0, 0, 1)];
        for (var k = 0; k < 3; k++)
        {
            Put(u, v, k, -(r * axes[k].Cross(_ray)));
            Put(u, v, 3 + k, -(r.Column(k) * _inverseDepth));
            Put(u, v, 6 + k, axes[k].Cross(_point));
            Put(u, v, 9 + k, axes[k] * _inverseDepth);
        }

        Put(u, v, 12, r * new Vec3(-_ray.X, -_ray.Y, 0));
        u[12] += _focal * _point.X / _point.Z;
        v[12] += _focal * _point.Y / _point.Z;
        Put(u, v, 13, _relative.Translation);
    }

    private void Put(Span<double> u, Span<double> v, int at, Vec3 d)
    {
        var s = _focal / _point.Z;
        u[at] = s * (d.X - (_point.X / _point.Z * d.Z));
        v[at] = s * (d.Y - (_point.Y / _point.Z * d.Z));
    }
}
