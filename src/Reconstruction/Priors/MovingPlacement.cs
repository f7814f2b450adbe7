using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Priors;

/// <summary>
/// Depth of moving regions, which triangulation cannot see: from where they touch the ground and from what they hide, one smooth log-depth per
/// region over the frames. What stands keeps its contact depth; what is airborne is placed too far by it, in a way that its apparent size
/// betrays: depth times size is constant for a rigid thing, and the lowest values of it are those near the ground.
/// </summary>
internal static class MovingPlacement
{
    /// <summary>Log of depth times size may vary by this much (interquartile) before the thing counts as leaving the ground.</summary>
    private const double SteadySize = 0.12;

    /// <summary>The correction for leaving the ground never brings a thing nearer than by this log factor.</summary>
    private const double MaxCorrection = 0.7;

    /// <summary>
    /// What stands below the picture's edge hides all around it and is nearer than the nearest ground seen: a stated guess of the factor.
    /// </summary>
    private const double BelowThePicture = 0.7;

    /// <summary>Standard deviation of the smoothing over time, frames.</summary>
    private const double SmoothFrames = 2.5;

    /// <summary>Log-depth of one region of one frame from its contact with the ground and its surroundings.</summary>
    /// <param name="staticDepth">Depth of the static scene, filled everywhere.</param>
    /// <param name="mask">All moving pixels.</param>
    public static double Observe(MovingRegion region, Raster<int> labels, Raster<byte> mask, Raster<float> staticDepth)
    {
        var c = region.Component;
        var reach = Math.Max(4, mask.Width / 80);
        var contact = new List<double>();
        var around = new List<double>();
        var lowest = c.Y + (int)(0.85 * c.Height);
        for (var x = c.X; x < c.X + c.Width; x++)
        {
            var bottom = Bottom(labels, region, x);
            if (bottom >= lowest && bottom + 2 < mask.Height) Below(contact, mask, staticDepth, x, bottom, reach);
        }

        for (var y = Math.Max(0, c.Y - reach); y < Math.Min(mask.Height, c.Y + c.Height + reach); y += 2)
        {
            for (var x = Math.Max(0, c.X - reach); x < Math.Min(mask.Width, c.X + c.Width + reach); x += 2)
                if (mask[x, y] == 0 && Near(labels, region.Label, x, y, reach)) around.Add(staticDepth[x, y]);
        }

        // It hides what is around it, so it cannot be further than the near part of that.
        double surroundings = OrderStatistics.LowerQuantile(around, 0.25), ground = OrderStatistics.LowerQuantile(contact, 0.5);
        if (double.IsNaN(surroundings)) surroundings = staticDepth[c.X + (c.Width / 2), Math.Min(mask.Height - 1, c.Y + c.Height - 1)];
        if (c.Y + c.Height >= mask.Height - 2) return Math.Log(BelowThePicture * surroundings);
        return Math.Log(double.IsNaN(ground) ? surroundings : Math.Min(ground, Math.Max(surroundings, 0.5 * ground)));
    }

    /// <summary>One smooth log-depth per frame of a track, from what <see cref="Observe"/> said in each.</summary>
    /// <param name="track">In frame order, frames may be missing.</param>
    /// <param name="minArea">Smaller regions' areas are too noisy to be a size, pixels.</param>
    public static double[] Smooth(IReadOnlyList<(MovingRegion Region, double LogDepth)> track, int minArea = 0)
    {
        var logs = track.Select(t => t.LogDepth).ToArray();
        var whole = Enumerable.Range(0, logs.Length).Where(i => !track[i].Region.Truncated && track[i].Region.Component.Area >= minArea).ToArray();
        if (whole.Length >= 6)
        {
            var sizes = whole.Select(i => logs[i] + LogSize(track[i].Region)).Order().ToArray();
            double low = sizes[sizes.Length / 4], high = sizes[3 * sizes.Length / 4];
            if (high - low > SteadySize)
                foreach (var i in whole)
                    logs[i] = Math.Clamp(sizes[sizes.Length / 10] - LogSize(track[i].Region), logs[i] - MaxCorrection, logs[i]);
        }

        var medians = new double[logs.Length];
        for (var i = 0; i < logs.Length; i++) medians[i] = OrderStatistics.UpperMedian(logs[Math.Max(0, i - 2)..Math.Min(logs.Length, i + 3)]);
        var smooth = new double[logs.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            double sum = 0, total = 0;
            for (var j = 0; j < logs.Length; j++)
            {
                var t = (track[j].Region.FrameIndex - track[i].Region.FrameIndex) / SmoothFrames;
                if (Math.Abs(t) > 3) continue;
                var weight = Math.Exp(-0.5 * t * t);
                sum += weight * medians[j];
                total += weight;
            }

            smooth[i] = sum / total;
        }

        return smooth;
    }

    private static double LogSize(MovingRegion region) => 0.5 * Math.Log(region.Component.Area);

    private static int Bottom(Raster<int> labels, MovingRegion region, int x)
    {
        for (var y = region.Component.Y + region.Component.Height - 1; y >= region.Component.Y; y--)
            if (labels[x, y] == region.Label) return y;
        return -1;
    }

    private static void Below(List<double> contact, Raster<byte> mask, Raster<float> depth, int x, int bottom, int reach)
    {
        for (var y = bottom + 2; y < Math.Min(mask.Height, bottom + 2 + reach); y++)
            if (mask[x, y] == 0) contact.Add(depth[x, y]);
    }

    private static bool Near(Raster<int> labels, int label, int x, int y, int reach)
    {
        for (var d = 2; d <= reach; d += 2)
        {
            if ((x >= d && labels[x - d, y] == label) || (x + d < labels.Width && labels[x + d, y] == label)
                || (y >= d && labels[x, y - d] == label) || (y + d < labels.Height && labels[x, y + d] == label)) return true;
        }

        return false;
    }
}
