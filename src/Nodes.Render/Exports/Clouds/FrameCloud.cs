using Depth3D.Rendering.Splatting;

namespace Depth3D.Nodes.Render.Exports.Clouds;

/// <summary>The points of one frame, without those that bleed between surfaces.</summary>
internal static class FrameCloud
{
    /// <param name="use">Which pixels, by whether they move; all when null.</param>
    /// <param name="dropOutliers">Leave out points that stand alone as well.</param>
    /// <returns>The points, and whether each moves.</returns>
    public static (ExportCloud Cloud, bool[] Moving) Make(ExportScene scene, int frameIndex, Func<bool, bool>? use = null, bool dropOutliers = true)
    {
        var depth = scene.Depth(frameIndex);
        var moves = Array.ConvertAll(scene.Moving(frameIndex).Samples, v => v > 127);
        var keep = DepthEdges.OnSurface(depth);
        for (var i = 0; i < keep.Length; i++) keep[i] &= use?.Invoke(moves[i]) ?? true;
        var points = CloudFromDepth.Make(scene.Rgb(frameIndex), depth, scene.Intrinsics, scene.CamFromWorld(frameIndex), keep);
        int[] pixels = [.. Enumerable.Range(0, keep.Length).Where(i => keep[i])];
        if (dropOutliers)
        {
            var stays = OutlierRemoval.Keep(points);
            points = points.Where(stays);
            pixels = [.. pixels.Where((_, i) => stays[i])];
        }

        var confidence = scene.Confidence(frameIndex);
        return (new ExportCloud(points.Interleaved(), points.Rgb(), Array.ConvertAll(pixels, i => confidence.Samples[i])), Array.ConvertAll(pixels, i => moves[i]));
    }
}
