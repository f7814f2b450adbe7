using Depth3D.Reconstruction.Cameras.Rotation;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>First cameras for a bundle adjustment: each turns so that it follows the flow best, and none moves.</summary>
internal static class RotationStart
{
    public static RigidTransform[] Of(List<FlowPoint> points, int frames, double focal)
    {
        var pairs = points.SelectMany(p => p.Sightings.Where(s => s.Frame > p.Frame).Select(s => (Point: p, Sighting: s)))
            .GroupBy(p => (p.Point.Frame, p.Sighting.Frame)).ToArray();
        var fits = new (int, int, Mat3, double)[pairs.Length];
        Parallel.For(0, pairs.Length, i =>
        {
            var pair = new FlowCorrespondences(pairs[i].Key.Item1, pairs[i].Key.Item2, [.. pairs[i].Select(p => p.Point.X)],
                [.. pairs[i].Select(p => p.Point.Y)], [.. pairs[i].Select(p => p.Sighting.X)], [.. pairs[i].Select(p => p.Sighting.Y)]);
            fits[i] = (pair.Frame1, pair.Frame2, RotationFit.Run(pair, focal, new double[pair.Count]), pair.Count);
        });
        return [.. PoseInterpolation.Fill([.. RotationTrack.Solve(frames, fits)
            .Select(r => r is { } known ? new RigidTransform(known, Vec3.Zero) : (RigidTransform?)null)]).Select(f => f.CamFromWorld)];
    }
}
