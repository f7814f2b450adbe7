using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Splatting;

namespace Depth3D.Rendering.Views;

/// <summary>Fuses what stands still in a clip into one cloud, and drops what other frames look through.</summary>
public static class BackgroundBuilder
{
    private const int MaxFrames = 96, MaxWitnesses = 24, MaxPoints = 2_000_000;

    /// <summary>Masks end where motion was seen; a share of the width more is left out beside them.</summary>
    private const double MaskMargin = 0.012;

    /// <summary>Share of depth by which a frame must see farther than a point to have looked through it, or within which it has seen the point.</summary>
    private const float Tolerance = 0.04f;

    /// <summary>From at most 96 frames, evenly spaced; at most two million points, whatever the clip's length.</summary>
    public static PointCloud Build(ISceneClip clip, IProgress<double>? progress, CancellationToken cancellation)
    {
        var voxels = new VoxelCloud(MaxPoints);
        var frames = Spread(clip.FrameCount, MaxFrames);
        for (var k = 0; k < frames.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            voxels.Add(Still(clip, frames[k]));
            progress?.Report(0.8 * (k + 1) / frames.Length);
        }

        var cloud = voxels.ToCloud();
        var votes = new int[cloud.Count];
        var witnesses = Spread(clip.FrameCount, MaxWitnesses);
        for (var k = 0; k < witnesses.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            Vote(clip, witnesses[k], cloud, votes);
            progress?.Report(0.8 + (0.2 * (k + 1) / witnesses.Length));
        }

        return cloud.Where(Array.ConvertAll(votes, v => v >= 0));
    }

    /// <summary>Pixels of a frame that lie on a still surface, away from jumps of depth and from what moves.</summary>
    private static PointCloud Still(ISceneClip clip, int frame)
    {
        var depth = clip.Depth(frame);
        var keep = DepthEdges.OnSurface(depth);
        var beside = new DepthJumps(depth).Beside(farSide: false);
        var moving = Masks.Widened(clip.Moving(frame), (int)Math.Ceiling(MaskMargin * depth.Width));
        for (var i = 0; i < keep.Length; i++) keep[i] &= !beside[i] && moving.Samples[i] == 0;
        return CloudFromDepth.Make(clip.Rgb(frame), depth, clip.Intrinsics, clip.CamFromWorld(frame), keep);
    }

    /// <summary>One vote for each point that the frame sees, one against each that it looks through.</summary>
    private static void Vote(ISceneClip clip, int frame, PointCloud cloud, int[] votes)
    {
        var nearest = Masks.Nearest(clip.Depth(frame));
        var camera = clip.CamFromWorld(frame);
        var k = clip.Intrinsics;
        const int block = 8192;
        Parallel.For(0, (cloud.Count + block - 1) / block, b =>
        {
            for (var i = b * block; i < Math.Min((b + 1) * block, cloud.Count); i++)
            {
                var point = camera.Apply(new(cloud.X[i], cloud.Y[i], cloud.Z[i]));
                if (!(point.Z > 0)) continue;
                var (u, v) = k.Project(point);
                if (!(u > 1 && v > 1 && u < k.Width - 2 && v < k.Height - 2)) continue;
                var seen = nearest[(int)(u + 0.5), (int)(v + 0.5)];
                if (seen > point.Z * (1 + Tolerance)) votes[i]--;
                else if (seen > point.Z * (1 - Tolerance)) votes[i]++;
            }
        });
    }

    private static int[] Spread(int count, int most)
    {
        var n = Math.Min(count, most);
        return [.. Enumerable.Range(0, n).Select(i => n == 1 ? 0 : (int)((long)i * (count - 1) / (n - 1)))];
    }
}
