using System.Globalization;
using Depth3D.Messages;
using Depth3D.Rendering.Paths;

namespace Depth3D.Rendering.Effects;

/// <summary>Refuses camera paths that leave the scene.</summary>
internal static class PathCheck
{
    private const int MostFrames = 60, Stride = 8;

    /// <summary>A view into which fewer of the frame's points fall shows nothing worth looking at.</summary>
    private const double LeastShare = 0.01;

    /// <exception cref="Depth3DException">From some frame on, the view shows next to nothing; says which.</exception>
    public static void SeesTheClip(ISceneClip clip, IViewPath path, (int Width, int Height) size, CancellationToken cancellation)
    {
        var n = Math.Min(clip.FrameCount, MostFrames);
        for (var k = 0; k < n; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var frame = n == 1 ? 0 : (int)((long)k * (clip.FrameCount - 1) / (n - 1));
            var share = Share(clip, frame, path.At(frame, new(clip.Intrinsics.ScaledTo(size.Width, size.Height), clip.CamFromWorld(frame))));
            if (share < LeastShare)
            {
                throw new Depth3DException(string.Create(CultureInfo.InvariantCulture, $"the camera path leaves the scene: it sees {100 * share:F1} % of the frame's points"),
                    $"frame {frame}", "give a smaller amplitude or offset, or another path; lengths of a file are in its unit, see docs/effects.md", FailureKind.Usage);
            }
        }
    }

    private static double Share(ISceneClip clip, int frame, ViewCamera view)
    {
        var depth = clip.Depth(frame);
        var viewFromSource = view.CamFromWorld * clip.CamFromWorld(frame).Inverse();
        int seen = 0, all = 0;
        for (var y = 0; y < depth.Height; y += Stride)
            for (var x = 0; x < depth.Width; x += Stride)
            {
                all++;
                var point = viewFromSource.Apply(clip.Intrinsics.Unproject(x, y, depth[x, y]));
                if (!(point.Z > 0)) continue;
                var (u, v) = view.Intrinsics.Project(point);
                if (u >= 0 && v >= 0 && u <= view.Intrinsics.Width - 1 && v <= view.Intrinsics.Height - 1) seen++;
            }

        return (double)seen / all;
    }
}
