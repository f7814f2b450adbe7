using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Merging;

/// <summary>The rigid motion between two worlds in which the same cameras are known, unit equal.</summary>
/// <param name="FirstFromSecond">From the second world to the first.</param>
/// <param name="RotationDegrees">Root mean square angle that is left between the cameras.</param>
/// <param name="Distance">Root mean square distance that is left between their centres.</param>
public readonly record struct PoseAlignment(RigidTransform FirstFromSecond, double RotationDegrees, double Distance)
{
    private const int Rounds = 5;

    /// <summary>Rotation: the mean of the cameras' own (Karcher); a path as short as a seam's does not fix it by its centres. Then the mean of the centres.</summary>
    /// <param name="cameras"><c>CamFromFirst</c> and <c>CamFromSecond</c> of each frame.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static PoseAlignment Of(IReadOnlyList<(RigidTransform First, RigidTransform Second)> cameras)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        if (cameras.Count == 0) throw new ArgumentException("no camera is known in both worlds", nameof(cameras));
        var turns = cameras.Select(c => c.First.Rotation.Transposed * c.Second.Rotation).ToArray();
        var rotation = turns[0];
        for (var round = 0; round < Rounds; round++)
        {
            var mean = turns.Aggregate(Vec3.Zero, (sum, t) => sum + Rotations.ToRotationVector(rotation.Transposed * t)) * (1.0 / turns.Length);
            rotation *= Mat3.FromRotationVector(mean);
        }

        var offsets = cameras.Select(c => c.First.Center - (rotation * c.Second.Center)).ToArray();
        var translation = offsets.Aggregate(Vec3.Zero, (sum, o) => sum + o) * (1.0 / offsets.Length);
        return new PoseAlignment(new RigidTransform(rotation, translation),
            Root(turns.Select(t => Rotations.AngleBetween(rotation, t) * 180 / Math.PI)), Root(offsets.Select(o => (o - translation).Length)));
    }

    private static double Root(IEnumerable<double> values) => Math.Sqrt(values.Average(v => v * v));
}
