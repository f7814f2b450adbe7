namespace Depth3D.Nodes.Render.Exports.Clouds;

/// <summary>
/// What stands still in a clip, once: points of many frames that other frames confirm, averaged in cubes of space. Cubes are as small as a pixel's
/// footprint nearby, and larger where there would be too many.
/// </summary>
internal static class StaticCloud
{
    public const int MostPoints = 2_000_000;

    /// <summary>More frames see the same again.</summary>
    private const int MostFrames = 96;

    /// <summary>Of a point that is taken: other frames agree within 5 %.</summary>
    private const float LeastConfidence = 0.5f;

    /// <summary>Side of the smallest cubes, in footprints of a pixel at the near end of the clip's depth.</summary>
    private const double CubePixels = 1.5;

    public static ExportCloud Make(ExportScene scene, IProgress<double> progress, CancellationToken cancellation, int mostPoints = MostPoints)
    {
        var grid = new VoxelGrid(scene.DepthRange.Near / scene.Intrinsics.Fx * CubePixels, mostPoints);
        var count = Math.Min(scene.FrameCount, MostFrames);
        // A clip of one frame has nobody to confirm it.
        var least = scene.FrameCount == 1 ? 0 : LeastConfidence;
        for (var k = 0; k < count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (cloud, _) = FrameCloud.Make(scene, (int)((long)k * scene.FrameCount / count), moves => !moves, dropOutliers: false);
            for (var i = 0; i < cloud.Count; i++)
                if (cloud.Confidence[i] >= least) grid.Add(cloud, i);
            progress.Report((k + 1.0) / count);
        }

        return grid.Means();
    }
}
