using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>What lies under a pixel.</summary>
internal static class ScenePoint
{
    /// <summary>The median over so many pixels to each side: a stray depth under the cursor should not decide.</summary>
    private const int Radius = 2;

    /// <summary>Median depth around a pixel of working size.</summary>
    /// <exception cref="Depth3DException">The frame or the pixel does not exist.</exception>
    public static double DepthAt(ISceneClip clip, int frameIndex, double x, double y)
    {
        Check(clip, frameIndex, x, y);
        var depth = clip.Depth(frameIndex);
        int column = (int)Math.Round(x), row = (int)Math.Round(y);
        var around = new List<float>();
        for (var v = Math.Max(0, row - Radius); v <= Math.Min(depth.Height - 1, row + Radius); v++)
            for (var u = Math.Max(0, column - Radius); u <= Math.Min(depth.Width - 1, column + Radius); u++) around.Add(depth[u, v]);
        around.Sort();
        return around[around.Count / 2];
    }

    /// <summary>The world point of a pixel at a depth.</summary>
    public static Vec3 World(ISceneClip clip, int frameIndex, double x, double y, double depth) =>
        clip.CamFromWorld(frameIndex).Inverse().Apply(clip.Intrinsics.Unproject(x, y, depth));

    /// <exception cref="Depth3DException">The clip has no such frame.</exception>
    public static void CheckFrame(ISceneClip clip, int frameIndex)
    {
        if ((uint)frameIndex >= (uint)clip.FrameCount)
        {
            throw new Depth3DException($"frame {frameIndex} does not exist, the clip has frames 0 to {clip.FrameCount - 1}", clip.Name,
                kind: FailureKind.Usage);
        }
    }

    private static void Check(ISceneClip clip, int frameIndex, double x, double y)
    {
        CheckFrame(clip, frameIndex);
        var (width, height) = (clip.Intrinsics.Width, clip.Intrinsics.Height);
        if (!(x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1))
        {
            throw new Depth3DException(FormattableString.Invariant($"pixel {x},{y} lies outside the pictures of {width}x{height}"), clip.Name,
                $"give x from 0 to {width - 1} and y from 0 to {height - 1}", FailureKind.Usage);
        }
    }
}
