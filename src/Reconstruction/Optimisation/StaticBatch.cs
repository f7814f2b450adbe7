using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Sampled static pixels as rows of one array [<see cref="Rows"/>, count], so that one copy carries them to the device.</summary>
internal sealed class StaticBatch(int count)
{
    public const int Rows = 16;
    public const int X1 = 0, Y1 = 1, Frame1 = 2, LogDepth1 = 3, X2 = 4, Y2 = 5, Frame2 = 6, LogDepth2 = 7, Ray = 8, Offset = 11, Weight = 14, FlowWeight = 15;

    public int Count { get; } = count;

    public float[] Values { get; } = new float[Rows * count];

    /// <summary>A point of frame 1 at depth D lies at D * <paramref name="ray"/> + <paramref name="offset"/> in camera 2.</summary>
    /// <param name="trustFlow">Both cameras were measured, not interpolated: their motion may be held against the flow.</param>
    public void Set(int slot, float x1, float y1, int frame1, float logDepth1, float x2, float y2, int frame2, float logDepth2,
        Vec3 ray, Vec3 offset, bool trustFlow)
    {
        ReadOnlySpan<float> column =
        [
            x1, y1, frame1, logDepth1, x2, y2, frame2, logDepth2,
            (float)ray.X, (float)ray.Y, (float)ray.Z, (float)offset.X, (float)offset.Y, (float)offset.Z, 1, trustFlow ? 1 : 0,
        ];
        for (var r = 0; r < Rows; r++) Values[(r * Count) + slot] = column[r];
    }

    /// <summary>The pair of frames behind a sample, in words.</summary>
    /// <param name="firstFrame">Frames of the batch count from here.</param>
    public Func<int, string> Describe(int firstFrame) => sample =>
        $"frames {firstFrame + (int)Values[(Frame1 * Count) + sample]} and {firstFrame + (int)Values[(Frame2 * Count) + sample]}, static pixels";
}
