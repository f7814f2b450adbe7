using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>Inverse depths of points where the cameras are known.</summary>
internal static class FlowTriangulation
{
    public static Vec3 RayOf(FlowPoint point, double focal) => new(point.X / focal, point.Y / focal, 1);

    /// <summary>Inverse depths that the cameras give the points, by linear least squares.</summary>
    public static double[] InverseDepths(IReadOnlyList<FlowPoint> points, BundleState state)
    {
        var inverse = new double[points.Count];
        Parallel.For(0, points.Count, n =>
        {
            var (numerator, denominator) = (0.0, 1e-12);
            var ray = RayOf(points[n], state.Focal);
            foreach (var s in points[n].Sightings)
            {
                var relative = state.CamFromWorld[s.Frame] * state.CamFromWorld[points[n].Frame].Inverse();
                var (a, t) = (relative.Rotation * ray, relative.Translation);
                double u = s.X / state.Focal, v = s.Y / state.Focal;
                double tu = (u * t.Z) - t.X, tv = (v * t.Z) - t.Y;
                numerator += (tu * (a.X - (u * a.Z))) + (tv * (a.Y - (v * a.Z)));
                denominator += (tu * tu) + (tv * tv);
            }

            inverse[n] = numerator / denominator;
        });
        return inverse;
    }
}
