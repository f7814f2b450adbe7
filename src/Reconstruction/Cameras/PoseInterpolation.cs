using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras;

/// <summary>Fills the poses a solver did not give (spec 9, item 9), so that every frame has a camera; those are marked not registered.</summary>
public static class PoseInterpolation
{
    /// <summary>
    /// Between registered neighbours the rotation is interpolated spherically and the camera centre linearly; before the first and after the last
    /// registered frame the nearest pose is kept.
    /// </summary>
    /// <param name="camFromWorld">One entry per frame; null where unknown.</param>
    /// <exception cref="ArgumentException">No pose is known.</exception>
    public static IReadOnlyList<FrameCamera> Fill(IReadOnlyList<RigidTransform?> camFromWorld)
    {
        var next = new int[camFromWorld.Count];
        for (int i = camFromWorld.Count - 1, n = -1; i >= 0; i--)
        {
            if (camFromWorld[i] is not null) n = i;
            next[i] = n;
        }

        if (next.Length == 0 || next[0] < 0) throw new ArgumentException("no pose is known", nameof(camFromWorld));
        var frames = new FrameCamera[camFromWorld.Count];
        var previous = -1;
        for (var i = 0; i < frames.Length; i++)
        {
            if (camFromWorld[i] is { } known)
            {
                frames[i] = new FrameCamera(known);
                previous = i;
            }
            else
            {
                int a = previous < 0 ? next[i] : previous, b = next[i] < 0 ? previous : next[i];
                var fraction = a == b ? 0 : (double)(i - a) / (b - a);
                frames[i] = new FrameCamera(Between(camFromWorld[a]!.Value, camFromWorld[b]!.Value, fraction), Registered: false);
            }
        }

        return frames;
    }

    /// <summary>The pose at <paramref name="fraction"/> of the way from <paramref name="a"/> to <paramref name="b"/>.</summary>
    public static RigidTransform Between(RigidTransform a, RigidTransform b, double fraction)
    {
        var rotation = Rotations.Slerp(a.Rotation, b.Rotation, fraction);
        var center = (a.Center * (1 - fraction)) + (b.Center * fraction);
        return new RigidTransform(rotation, -(rotation * center));
    }
}
