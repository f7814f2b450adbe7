using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Rotation;

/// <summary>One rotation per frame from the rotations of many pairs.</summary>
internal static class RotationTrack
{
    private const int Sweeps = 60;

    /// <summary>
    /// Chains the shortest pairs from frame 0 (identity), then moves every rotation to the mean of what its pairs say about it, until all gaps agree.
    /// </summary>
    /// <param name="pairs">Rotation from camera 1 to camera 2 and its weight, per pair.</param>
    /// <returns>Camera from world per frame; null where no pair reaches it.</returns>
    public static Mat3?[] Solve(int frameCount, IReadOnlyList<(int Frame1, int Frame2, Mat3 Rotation, double Weight)> pairs)
    {
        var rotations = new Mat3?[frameCount];
        rotations[0] = Mat3.Identity;
        var ordered = pairs.OrderBy(p => p.Frame2 - p.Frame1).ThenBy(p => p.Frame1).ToArray();
        for (var reached = true; reached;)
        {
            reached = false;
            foreach (var (a, b, rotation, _) in ordered)
            {
                if (rotations[a] is { } ra && rotations[b] is null) (rotations[b], reached) = (rotation * ra, true);
            }
        }

        var byFrame = new List<(int Other, Mat3 FromOther, double Weight)>[frameCount];
        for (var i = 0; i < frameCount; i++) byFrame[i] = [];
        foreach (var (a, b, rotation, weight) in ordered)
        {
            byFrame[b].Add((a, rotation, weight));
            byFrame[a].Add((b, rotation.Transposed, weight));
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var i = 1; i < frameCount; i++)
            {
                if (rotations[i] is not { } current) continue;
                Vec3 sum = Vec3.Zero;
                double total = 0;
                foreach (var (other, fromOther, weight) in byFrame[i])
                {
                    if (rotations[other] is not { } o) continue;
                    sum += Rotations.ToRotationVector(fromOther * o * current.Transposed) * weight;
                    total += weight;
                }

                if (total > 0) rotations[i] = Mat3.FromRotationVector(sum * (1 / total)) * current;
            }
        }

        return rotations;
    }
}
