namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Sizes of the levels and their patches (spec 5.2).</summary>
public static class LoopSchedule
{
    /// <summary>Between levels of several views.</summary>
    private const double Step = 0.75;

    /// <summary>No level's short side is smaller.</summary>
    private const double SmallestSide = 65;

    private const int SmallestTile = 2;

    /// <summary>Levels of one camera, whose loop begins near its end (spec 9.8).</summary>
    private static readonly double[] SingleFactors = [0.42, 0.75, 1];

    public const int PatchWidth = 320, PatchHeight = 180;

    /// <param name="single">One camera: three levels; else as many as bring the short side down to 65 pixels.</param>
    /// <param name="whole">Whether patches are whole pictures whatever their size.</param>
    public static IReadOnlyList<LoopLevel> Levels(int width, int height, int tileSize, bool single = false, bool whole = false)
    {
        var count = Math.Max(1, (int)Math.Floor(Math.Log(SmallestSide / Math.Min(width, height)) / Math.Log(Step)) + 1);
        var factors = single ? SingleFactors : [.. Enumerable.Range(0, count).Select(n => Math.Pow(Step, count - 1 - n))];
        return [.. factors.Select(f => Level(f, (int)(width * f), (int)(height * f), Math.Max(SmallestTile, (int)(tileSize * f)), whole))];
    }

    private static LoopLevel Level(double factor, int width, int height, int tileSize, bool whole) =>
        new(factor, width, height, tileSize, whole ? [new PixelRectangle(0, 0, width, height)] : Patches(width, height));

    /// <summary>The whole picture where it is smaller than a patch, else patches that overlap by half; those over the border are cut.</summary>
    private static IReadOnlyList<PixelRectangle> Patches(int width, int height)
    {
        if (width * height < PatchWidth * PatchHeight) return [new PixelRectangle(0, 0, width, height)];
        return [.. from top in Starts(height, PatchHeight)
                   from left in Starts(width, PatchWidth)
                   select new PixelRectangle(left, top, Math.Min(PatchWidth, width - left), Math.Min(PatchHeight, height - top))];
    }

    private static IEnumerable<int> Starts(int pixels, int patch)
    {
        var stride = patch / 2;
        var steps = pixels <= patch ? 0 : (pixels - patch + stride - 1) / stride;
        return Enumerable.Range(0, steps + 1).Select(n => n * stride);
    }
}
