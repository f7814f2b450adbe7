using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Features;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Loops.Views;

/// <summary>Points of the scene between cameras that are known: key points of every two views, matched and triangulated.</summary>
public static class ViewPoints
{
    /// <summary>Largest distance of a point's picture from its key point.</summary>
    private const double MaxErrorPixels = 1.5;

    /// <summary>Rays that meet at less say nothing about depth.</summary>
    private const double MinAngleDegrees = 0.5;

    /// <param name="features">Per camera, at the intrinsics' size.</param>
    /// <returns>Points in the world of the cameras, in front of both that saw them.</returns>
    public static IReadOnlyList<Vec3> Triangulate(IReadOnlyList<FrameFeatures> features, IReadOnlyList<RigidTransform> camFromWorld, Intrinsics intrinsics)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(camFromWorld);
        var pairs = Enumerable.Range(0, features.Count).SelectMany(a => Enumerable.Range(a + 1, features.Count - a - 1).Select(b => (A: a, B: b)));
        return [.. pairs.AsParallel().AsOrdered().SelectMany(pair => FeatureMatcher.Match(features[pair.A], features[pair.B])
            .Select(m => Point(features[pair.A].Points[m.A], camFromWorld[pair.A], features[pair.B].Points[m.B], camFromWorld[pair.B], intrinsics))
            .OfType<Vec3>().ToArray())];
    }

    /// <summary>Middle of the shortest way between two rays, where both cameras see it.</summary>
    private static Vec3? Point(Point2 a, RigidTransform camA, Point2 b, RigidTransform camB, Intrinsics k)
    {
        Vec3 p = camA.Center, q = camB.Center;
        var u = (camA.Rotation.Transposed * k.Unproject(a.X, a.Y, 1)).Normalized;
        var v = (camB.Rotation.Transposed * k.Unproject(b.X, b.Y, 1)).Normalized;
        var cosine = u.Dot(v);
        if (cosine > Math.Cos(MinAngleDegrees * Math.PI / 180)) return null;
        var w = p - q;
        var sine = 1 - (cosine * cosine);
        double s = ((cosine * v.Dot(w)) - u.Dot(w)) / sine, t = (v.Dot(w) - (cosine * u.Dot(w))) / sine;
        var point = (p + (u * s) + q + (v * t)) * 0.5;
        return Sees(camA, k, point, a) && Sees(camB, k, point, b) ? point : null;
    }

    private static bool Sees(RigidTransform camera, Intrinsics k, Vec3 point, Point2 pixel)
    {
        var local = camera.Apply(point);
        if (local.Z <= 0) return false;
        var (u, v) = k.Project(local);
        return Math.Abs(u - pixel.X) <= MaxErrorPixels && Math.Abs(v - pixel.Y) <= MaxErrorPixels;
    }
}
