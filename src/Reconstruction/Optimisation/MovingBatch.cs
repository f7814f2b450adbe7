using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Sampled moving pixels, each with its targets at every gap: rows [<see cref="PointRows"/> + gaps * <see cref="TargetRows"/>, count].</summary>
internal sealed class MovingBatch(int count, IReadOnlyList<int> gaps)
{
    public const int PointRows = 11;
    public const int X1 = 0, Y1 = 1, Frame1 = 2, LogDepth1 = 3, Ray = 4, Center = 7, Time = 10;
    public const int TargetRows = 17;
    public const int Weight = 0, X2 = 1, Y2 = 2, Frame2 = 3, LogDepth2 = 4, Rotation = 5, Translation = 14;

    public int Count { get; } = count;

    public IReadOnlyList<int> Gaps { get; } = gaps;

    public int Rows => PointRows + (Gaps.Count * TargetRows);

    public float[] Values { get; } = new float[(PointRows + (gaps.Count * TargetRows)) * count];

    /// <summary>First row of the targets at the index-th gap.</summary>
    public static int TargetRow(int gapIndex) => PointRows + (gapIndex * TargetRows);

    /// <summary>A point at depth D lies at D * <paramref name="ray"/> + <paramref name="center"/> in the world; time is frame / frames.</summary>
    public void SetPoint(int slot, float x, float y, int frame, float logDepth, Vec3 ray, Vec3 center, double time)
    {
        ReadOnlySpan<float> column =
        [
            x, y, frame, logDepth, (float)ray.X, (float)ray.Y, (float)ray.Z, (float)center.X, (float)center.Y, (float)center.Z, (float)time,
        ];
        Put(0, slot, column);

        // A target of weight zero still has to give finite numbers: the point itself, seen by an unmoved camera.
        for (var g = 0; g < Gaps.Count; g++)
            Put(TargetRow(g), slot, [0, x, y, frame, logDepth, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    }

    public void SetTarget(int slot, int gap, float x, float y, int frame, float logDepth, RigidTransform camFromWorld)
    {
        for (var g = 0; g < Gaps.Count; g++)
        {
            if (Gaps[g] != gap) continue;
            var (r, t) = (camFromWorld.Rotation, camFromWorld.Translation);
            Put(TargetRow(g), slot,
            [
                1, x, y, frame, logDepth, (float)r.M00, (float)r.M01, (float)r.M02, (float)r.M10, (float)r.M11, (float)r.M12,
                (float)r.M20, (float)r.M21, (float)r.M22, (float)t.X, (float)t.Y, (float)t.Z,
            ]);
        }
    }

    /// <summary>The frames that a sample is followed through, in words.</summary>
    /// <param name="firstFrame">Frames of the batch count from here.</param>
    public Func<int, string> Describe(int firstFrame) => sample =>
    {
        var frame = firstFrame + (int)Values[(Frame1 * Count) + sample];
        return $"frames {frame} to {frame + Gaps[^1]}, moving pixels";
    };

    private void Put(int row, int slot, ReadOnlySpan<float> column)
    {
        for (var r = 0; r < column.Length; r++) Values[((row + r) * Count) + slot] = column[r];
    }
}
