using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>The camera in the middle of a hand-held one's way, and the frames that are near enough to it (spec 9.2).</summary>
/// <param name="CamFromWorld">Mean rotation and mean centre of the frames.</param>
/// <param name="First">First frame used.</param>
/// <param name="Count">Frames used.</param>
/// <param name="ParallaxPixels">How far the nearest moves against the farthest, at most, among these frames.</param>
public sealed record ReferenceView(RigidTransform CamFromWorld, int First, int Count, double ParallaxPixels)
{
    /// <summary>Largest parallax, as a share of the picture's width; below this many pixels the camera stands.</summary>
    public const double LargestShare = 0.1, StandingPixels = 2;

    private const int MeanIterations = 10;

    /// <summary>The longest run of frames within the budget of parallax, the earliest of several.</summary>
    /// <param name="camFromWorld">One per frame.</param>
    /// <param name="near">Depths in the unit of the cameras; so is <paramref name="far"/>.</param>
    public static ReferenceView Choose(IReadOnlyList<RigidTransform> camFromWorld, Intrinsics intrinsics, double near, double far)
    {
        ArgumentNullException.ThrowIfNull(camFromWorld);
        var scale = intrinsics.Fx * ((1 / near) - (1 / far));
        for (var count = camFromWorld.Count; ; count--)
        {
            for (var first = 0; first + count <= camFromWorld.Count; first++)
            {
                var centre = Centre(camFromWorld, first, count);
                var parallax = scale * Enumerable.Range(first, count).Max(t => (camFromWorld[t].Center - centre).Length);
                if (parallax > LargestShare * intrinsics.Width && count > 1) continue;
                var rotation = MeanRotation([.. camFromWorld.Skip(first).Take(count).Select(c => c.Rotation)]);
                return new ReferenceView(new RigidTransform(rotation, -(rotation * centre)), first, count, parallax);
            }
        }
    }

    private static Vec3 Centre(IReadOnlyList<RigidTransform> cameras, int first, int count)
    {
        var sum = Vec3.Zero;
        for (var t = first; t < first + count; t++) sum += cameras[t].Center;
        return sum * (1.0 / count);
    }

    /// <summary>The rotation from which those to all others cancel out.</summary>
    private static Mat3 MeanRotation(IReadOnlyList<Mat3> rotations)
    {
        var mean = rotations[rotations.Count / 2];
        for (var i = 0; i < MeanIterations; i++)
        {
            var sum = Vec3.Zero;
            foreach (var rotation in rotations) sum += Rotations.ToRotationVector(mean.Transposed * rotation);
            mean *= Mat3.FromRotationVector(sum * (1.0 / rotations.Count));
        }

        return mean;
    }
}
