using Depth3D.Messages;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.DollyZoom;

/// <summary>How far the subject of a dolly zoom is from the camera in every frame.</summary>
internal static class Subject
{
    /// <summary>A subject nearer than this share of the clip's 2 % percentile is taken for one behind the camera.</summary>
    private const double NearestShare = 0.05;

    /// <summary>Standard deviation, frames, over which the depth of something that moves is evened out; mirrored about the clip's ends.</summary>
    private const double SmoothFrames = 1.5;

    /// <exception cref="Depth3DException">The subject cannot be found.</exception>
    public static double[] Depths(ISceneClip clip, DollyZoomSettings settings, CancellationToken cancellation)
    {
        var mask = clip.Moving(settings.Frame);
        if (settings.X is { } x && settings.Y is { } y)
        {
            var depth = ScenePoint.DepthAt(clip, settings.Frame, x, y);
            if (mask[(int)Math.Round(x), (int)Math.Round(y)] == 0) return Still(clip, settings.Frame, x, y, depth);
        }
        else if (mask.Samples.All(m => m == 0))
        {
            var (column, row) = (mask.Width / 2, mask.Height / 2);
            return Still(clip, settings.Frame, column, row, ScenePoint.DepthAt(clip, settings.Frame, column, row));
        }

        var tracked = RegionTrack.Depths(clip, settings.Frame, settings.X, settings.Y, _ => { }, cancellation);
        return Smoothed(RegionTrack.Filled(tracked));
    }

    /// <summary>A point of the world, seen from every camera.</summary>
    private static double[] Still(ISceneClip clip, int frame, double x, double y, double depth)
    {
        var point = ScenePoint.World(clip, frame, x, y, depth);
        var depths = new double[clip.FrameCount];
        for (var i = 0; i < depths.Length; i++)
        {
            depths[i] = clip.CamFromWorld(i).Apply(point).Z;
            if (depths[i] > NearestShare * clip.DepthRange.Near) continue;
            throw new Depth3DException(FormattableString.Invariant($"the subject at ({x}, {y}) of frame {frame} lies behind the camera at frame {i}"), clip.Name,
                "give another point, or a point in another --frame", FailureKind.Usage);
        }

        return depths;
    }

    private static double[] Smoothed(double[] depths)
    {
        var reach = (int)Math.Ceiling(3 * SmoothFrames);
        var smooth = new double[depths.Length];
        for (var i = 0; i < smooth.Length; i++)
        {
            double sum = 0, weights = 0;
            for (var k = -reach; k <= reach; k++)
            {
                // Mirrored in value as in time, so that a steady approach stays steady at the ends.
                int end = i + k < 0 ? 0 : depths.Length - 1, j = i + k;
                var value = j >= 0 && j < depths.Length ? depths[j] : (2 * depths[end]) - depths[Math.Clamp((2 * end) - j, 0, depths.Length - 1)];
                var weight = Math.Exp(-k * k / (2 * SmoothFrames * SmoothFrames));
                sum += weight * value;
                weights += weight;
            }

            smooth[i] = sum / weights;
        }

        return smooth;
    }
}
