using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.DollyZoom;

/// <summary>How far the subject of a dolly zoom is from the camera in every frame.</summary>
internal static class Subject
{
    /// <summary>Half the side of the square around a point whose median depth is taken, pixels.</summary>
    private const int Around = 2;

    /// <summary>Standard deviation, frames, over which the depth of something that moves is evened out; mirrored about the clip's ends.</summary>
    private const double SmoothFrames = 1.5;

    /// <exception cref="Depth3DException">The subject cannot be found.</exception>
    public static double[] Depths(ISceneClip clip, DollyZoomSettings settings, CancellationToken cancellation)
    {
        var mask = clip.Moving(settings.Frame);
        int x, y;
        if (settings.X is { } sx && settings.Y is { } sy)
        {
            (x, y) = ((int)Math.Round(sx), (int)Math.Round(sy));
            if (x >= mask.Width || y >= mask.Height)
                throw new Depth3DException($"the subject ({x}, {y}) lies outside the picture of {mask.Width}x{mask.Height}", clip.Name, "give a pixel of working size", FailureKind.Usage);
            if (mask[x, y] == 0) return Still(clip, settings.Frame, x, y);
        }
        else if (Largest(mask) is { } largest) (x, y) = largest;
        else return Still(clip, settings.Frame, mask.Width / 2, mask.Height / 2);
        return Smoothed(Moving(clip, settings.Frame, x, y, cancellation));
    }

    /// <summary>A point of the world, seen from every camera.</summary>
    private static double[] Still(ISceneClip clip, int frame, int x, int y)
    {
        var depth = clip.Depth(frame);
        var around = new List<float>();
        for (var v = Math.Max(y - Around, 0); v <= Math.Min(y + Around, depth.Height - 1); v++)
            for (var u = Math.Max(x - Around, 0); u <= Math.Min(x + Around, depth.Width - 1); u++) around.Add(depth[u, v]);
        around.Sort();
        var point = clip.CamFromWorld(frame).Inverse().Apply(clip.Intrinsics.Unproject(x, y, around[around.Count / 2]));
        var depths = new double[clip.FrameCount];
        for (var i = 0; i < depths.Length; i++)
        {
            depths[i] = clip.CamFromWorld(i).Apply(point).Z;
            if (depths[i] > 0.05 * clip.DepthRange.Near) continue;
            throw new Depth3DException($"the subject at ({x}, {y}) of frame {frame} lies behind the camera at frame {i}", clip.Name,
                "give another point, or a point in another --frame", FailureKind.Usage);
        }

        return depths;
    }

    /// <summary>Follows the region that holds a pixel from its frame to both ends of the clip.</summary>
    private static double[] Moving(ISceneClip clip, int frame, int x, int y, CancellationToken cancellation)
    {
        var depths = new double[clip.FrameCount];
        var start = Region(clip.Moving(frame), (labels, _) => labels[x, y]);
        foreach (var step in new[] { 1, -1 })
        {
            var region = start;
            for (var i = frame; i >= 0 && i < depths.Length; i += step)
            {
                cancellation.ThrowIfCancellationRequested();
                var found = i == frame ? start : Region(clip.Moving(i), (labels, regions) => Following(labels, regions, region));
                // Where the mask misses it for a while, it is where it was.
                depths[i] = found is null ? depths[i - step] : Median(clip.Depth(i), found);
                region = found ?? region;
            }
        }

        return depths;
    }

    private static bool[]? Region(Raster<byte> mask, Func<Raster<int>, IReadOnlyList<Component>, int> choose)
    {
        var components = Filters.ConnectedComponents(mask);
        var label = choose(components.Labels, components.Regions);
        return label == 0 ? null : Array.ConvertAll(components.Labels.Samples, l => l == label);
    }

    /// <summary>The region that shares most pixels with the one of the frame before; 0 for none.</summary>
    private static int Following(Raster<int> labels, IReadOnlyList<Component> regions, bool[]? before)
    {
        var shared = new int[regions.Count + 1];
        for (var i = 0; i < labels.Samples.Length; i++)
            if (before is not null && before[i]) shared[labels.Samples[i]]++;
        shared[0] = 0;
        return Array.IndexOf(shared, shared.Max()) is var best && shared[best] > 0 ? best : 0;
    }

    private static double Median(Raster<float> depth, bool[] region)
    {
        var inside = new List<float>();
        for (var i = 0; i < region.Length; i++)
            if (region[i]) inside.Add(depth.Samples[i]);
        inside.Sort();
        return inside[inside.Count / 2];
    }

    private static (int X, int Y)? Largest(Raster<byte> mask)
    {
        var components = Filters.ConnectedComponents(mask);
        if (components.Regions.Count == 0) return null;
        var largest = components.Regions.MaxBy(r => r.Area);
        var at = Array.IndexOf(components.Labels.Samples, largest.Label);
        return (at % mask.Width, at / mask.Width);
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
