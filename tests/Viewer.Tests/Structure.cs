using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Viewer.Tests;

/// <summary>
/// Compares pictures of two renderers by what is where: how much is covered, the mean colour of regions, and where edges lie. Single pixels may differ.
/// </summary>
internal static class Structure
{
    private const int Width = 160, Height = 90, Region = 10;
    private static readonly byte[] Ground = [0x18, 0x1A, 0x1E];

    public static Raster<byte> Crop(Raster<byte> picture, int left, int top, int width, int height)
    {
        var part = new Raster<byte>(width, height, 3);
        for (var y = 0; y < height; y++) picture.Row(top + y).Slice(3 * left, 3 * width).CopyTo(part.Row(y));
        return part;
    }

    /// <summary>The part of a canvas that shows the source camera's picture: as large as it fits, in the middle.</summary>
    public static Raster<byte> Fit(Raster<byte> canvas, Intrinsics k)
    {
        var scale = Math.Min((double)canvas.Width / k.Width, (double)canvas.Height / k.Height);
        int width = (int)Math.Round(scale * k.Width), height = (int)Math.Round(scale * k.Height);
        return Crop(canvas, (canvas.Width - width) / 2, (canvas.Height - height) / 2, width, height);
    }

    /// <summary>Share of pixels that are not background.</summary>
    public static double Covered(Raster<byte> rgb)
    {
        var covered = 0;
        for (var i = 0; i < rgb.PixelCount; i++)
            if (!rgb.Samples.AsSpan(3 * i, 3).SequenceEqual(Ground)) covered++;
        return covered / (double)rgb.PixelCount;
    }

    /// <param name="mostDifference">Of a region's mean colour in any channel, of 255; nine regions of ten must keep to it, all to three times as much.</param>
    /// <param name="leastCorrelation">Between the strengths of edges.</param>
    public static void AssertAlike(Raster<byte> expected, Raster<byte> seen, double mostDifference, double leastCorrelation)
    {
        var (a, b) = (Resize.Area(expected, Width, Height), Resize.Area(seen, Width, Height));
        var differences = Regions(a).Zip(Regions(b), (p, q) => Math.Abs(p - q)).Order().ToArray();
        Assert.True(differences[^1] <= 3 * mostDifference, $"a region's colour differs by {differences[^1]:0.0}");
        Assert.True(differences[differences.Length * 9 / 10] <= mostDifference, $"nine regions of ten differ by up to {differences[differences.Length * 9 / 10]:0.0}");
        var correlation = Correlation(Edges(a), Edges(b));
        Assert.True(correlation >= leastCorrelation, $"edges correlate by {correlation:0.000}");
    }

    private static IEnumerable<double> Regions(Raster<byte> rgb)
    {
        for (var top = 0; top < Height; top += Region)
            for (var left = 0; left < Width; left += Region)
                for (var c = 0; c < 3; c++)
                {
                    double sum = 0;
                    for (var y = top; y < top + Region; y++)
                        for (var x = left; x < left + Region; x++) sum += rgb[x, y, c];
                    yield return sum / (Region * Region);
                }
    }

    private static double[] Edges(Raster<byte> rgb)
    {
        var edges = new List<double>();
        for (var y = 1; y < Height; y++)
            for (var x = 1; x < Width; x++)
                edges.Add(Math.Abs(rgb[x, y, 1] - rgb[x - 1, y, 1]) + Math.Abs(rgb[x, y, 1] - rgb[x, y - 1, 1]));
        return [.. edges];
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return ab / Math.Sqrt(aa * bb);
    }
}
