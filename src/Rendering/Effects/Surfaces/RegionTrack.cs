using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>
/// Follows one moving thing through the masks of a clip, forwards and backwards from a frame: the region that overlaps most with that of the frame
/// before, or else the nearest one.
/// </summary>
internal static class RegionTrack
{
    /// <summary>A region that overlaps nothing is the same thing only within this share of the picture's width.</summary>
    private const double MaxStepShare = 0.15;

    /// <summary>Smaller regions, as a share of the picture, are specks.</summary>
    private const double MinAreaShare = 2e-4;

    /// <summary>Median depth of the thing in every frame; NaN where it is not seen.</summary>
    /// <param name="x">A pixel on it or near it in the frame <paramref name="start"/>, with <paramref name="y"/>; null for the largest.</param>
    /// <exception cref="Depth3DException">Nothing moves in the first frame.</exception>
    public static double[] Depths(ISceneClip clip, int start, double? x, double? y, Action<int> done, CancellationToken cancellation)
    {
        ScenePoint.CheckFrame(clip, start);
        var depths = new double[clip.FrameCount];
        Array.Fill(depths, double.NaN);
        var first = Seed(Filters.ConnectedComponents(clip.Moving(start)), x, y)
            ?? throw new Depth3DException($"nothing moves in frame {start}", clip.Name, "give a frame in which it moves, or a pixel or depth that stands still",
                FailureKind.Usage);
        depths[start] = Median(clip.Depth(start), first);
        foreach (var step in (int[])[1, -1])
        {
            var region = first;
            for (var frame = start + step; frame >= 0 && frame < clip.FrameCount; frame += step)
            {
                cancellation.ThrowIfCancellationRequested();
                done(frame);
                if (Next(Filters.ConnectedComponents(clip.Moving(frame)), region) is not { } next) continue;
                region = next;
                depths[frame] = Median(clip.Depth(frame), region);
            }
        }

        return depths;
    }

    /// <summary>NaN becomes what lies between the values beside it.</summary>
    public static double[] Filled(double[] values)
    {
        var known = Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i])).ToArray();
        for (var (i, k) = (0, 0); i < values.Length; i++)
        {
            while (k < known.Length && known[k] < i) k++;
            if (k < known.Length && known[k] == i) continue;
            if (k == 0) values[i] = values[known[0]];
            else if (k == known.Length) values[i] = values[known[^1]];
            else values[i] = values[known[k - 1]] + ((values[known[k]] - values[known[k - 1]]) * (i - known[k - 1]) / (known[k] - known[k - 1]));
        }

        return values;
    }

    private static Raster<byte>? Seed(Components found, double? x, double? y)
    {
        var regions = Large(found);
        if (regions.Count == 0) return null;
        if (x is null || y is null) return Mask(found, regions.MaxBy(r => r.Area).Label);
        var under = found.Labels[Math.Clamp((int)Math.Round(x.Value), 0, found.Labels.Width - 1), Math.Clamp((int)Math.Round(y.Value), 0, found.Labels.Height - 1)];
        return Mask(found, under > 0 ? under : regions.MinBy(r => Distance(r, x.Value, y.Value)).Label);
    }

    private static Raster<byte>? Next(Components found, Raster<byte> before)
    {
        var regions = Large(found);
        if (regions.Count == 0) return null;
        var shared = new Dictionary<int, int>();
        double sumX = 0, sumY = 0;
        var count = 0;
        for (var i = 0; i < before.Samples.Length; i++)
        {
            if (before.Samples[i] == 0) continue;
            (sumX, sumY, count) = (sumX + (i % before.Width), sumY + (i / before.Width), count + 1);
            if (found.Labels.Samples[i] is > 0 and var label) shared[label] = shared.GetValueOrDefault(label) + 1;
        }

        var best = regions.Where(r => shared.ContainsKey(r.Label)).OrderByDescending(r => shared[r.Label]).ThenBy(r => r.Label).Select(r => r.Label)
            .FirstOrDefault();
        if (best > 0) return Mask(found, best);
        var nearest = regions.MinBy(r => Distance(r, sumX / count, sumY / count));
        return Distance(nearest, sumX / count, sumY / count) <= MaxStepShare * before.Width ? Mask(found, nearest.Label) : null;
    }

    private static List<Component> Large(Components found) =>
        [.. found.Regions.Where(r => r.Area >= Math.Max(4, MinAreaShare * found.Labels.PixelCount))];

    private static double Distance(Component region, double x, double y)
    {
        var dx = Math.Max(0, Math.Max(region.X - x, x - (region.X + region.Width)));
        var dy = Math.Max(0, Math.Max(region.Y - y, y - (region.Y + region.Height)));
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    private static Raster<byte> Mask(Components found, int label)
    {
        var mask = new Raster<byte>(found.Labels.Width, found.Labels.Height);
        for (var i = 0; i < mask.Samples.Length; i++) mask.Samples[i] = (byte)(found.Labels.Samples[i] == label ? 255 : 0);
        return mask;
    }

    private static double Median(Raster<float> depth, Raster<byte> mask)
    {
        var inside = new List<float>();
        for (var i = 0; i < mask.Samples.Length; i++)
            if (mask.Samples[i] != 0) inside.Add(depth.Samples[i]);
        inside.Sort();
        return inside[inside.Count / 2];
    }
}
