namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>
/// Depth at which the lowest part of a moving object meets the ground: the plane of the static pixels below it, read where the object ends.
/// Right for what stands; too far for what is in the air.
/// </summary>
internal static class GroundContact
{
    /// <summary>Share of an object's height, from below, that can touch the ground.</summary>
    private const double LowPart = 0.06;

    /// <summary>Rows next to the object that masks and flow smear, and rows below that show the ground, as a share of the picture's height.</summary>
    private const int SmearedRows = 5;

    private const double GroundShare = 0.12;

    /// <summary>
    /// Ground rises towards a horizon: its inverse depth falls to zero within this many picture heights above the contact. What does not is
    /// a wall behind a thing in the air.
    /// </summary>
    private const double MostHeightsToHorizon = 1.5;

    /// <summary>The plane may differ from the nearest ground seen by this factor.</summary>
    private const double MostExtrapolation = 1.5;

    /// <param name="labels">Of one frame; <paramref name="label"/> is the object.</param>
    /// <param name="staticLogDepth">Log depth of the static scene at a pixel.</param>
    /// <returns>NaN where the picture's edge, another moving thing or a wall hides the contact.</returns>
    public static double LogDepth(int[] labels, int label, int width, int height, Func<int, double> staticLogDepth)
    {
        var columns = Columns(labels, label, width, height);
        if (columns.Count == 0) return double.NaN;
        int top = columns.Min(c => c.Top), bottom = columns.Max(c => c.Bottom);
        if (bottom >= height - 2) return double.NaN;
        var lowest = bottom - (LowPart * (bottom - top + 1));
        var feet = columns.Where(c => c.Bottom >= lowest).ToArray();
        var ground = Ground(labels, feet, width, height, staticLogDepth);
        if (GroundPlane.Fit(ground) is not { } plane) return double.NaN;
        var logs = new List<double>();
        foreach (var (x, _, y) in feet)
        {
            var contact = plane.InverseDepth(x, y + 0.5);
            if (plane.PerY <= 0 || contact <= 0 || contact / plane.PerY > MostHeightsToHorizon * height) continue;
            var seen = Math.Exp(-staticLogDepth(((y + SmearedRows + 1 < height ? y + SmearedRows + 1 : height - 1) * width) + x));
            logs.Add(-Math.Log(Math.Clamp(contact, seen / MostExtrapolation, seen * MostExtrapolation)));
        }

        if (logs.Count < 2) return double.NaN;
        logs.Sort();
        return logs[logs.Count / 2];
    }

    private static List<(int X, int Top, int Bottom)> Columns(int[] labels, int label, int width, int height)
    {
        var columns = new List<(int, int, int)>();
        for (var x = 0; x < width; x++)
        {
            int top = -1, bottom = -1;
            for (var y = 0; y < height; y++)
            {
                if (labels[(y * width) + x] != label) continue;
                if (top < 0) top = y;
                bottom = y;
            }

            if (bottom >= 0) columns.Add((x, top, bottom));
        }

        return columns;
    }

    private static List<(double X, double Y, double InverseDepth)> Ground(int[] labels, (int X, int Top, int Bottom)[] feet, int width, int height,
        Func<int, double> staticLogDepth)
    {
        var ground = new List<(double, double, double)>();
        var rows = SmearedRows + Math.Max(6, (int)(GroundShare * height));
        foreach (var (x, _, bottom) in feet)
        {
            for (var y = bottom + SmearedRows; y < Math.Min(height, bottom + rows); y++)
            {
                var i = (y * width) + x;
                if (labels[i] != 0) break;
                ground.Add((x, y, Math.Exp(-staticLogDepth(i))));
            }
        }

        return ground;
    }
}
