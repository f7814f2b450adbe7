using Depth3D.Imaging;
using Depth3D.Inference.Images;

namespace Depth3D.Reconstruction.Tests.Models;

/// <summary>The clip car-shadow with its hand-made masks, and the measures the tests take on it.</summary>
internal static class CarShadow
{
    public const int Frames = 40;

    /// <summary>The clip's folder; skips the test where it is missing.</summary>
    public static string Require() => Shared("clips", "car-shadow");

    public static string Model(string name) => Shared("models", name);

    public static Raster<byte> Rgb(string clip, int frame, int width, int height) =>
        Resize.Area(ImageFile.ReadRgb(Path.Combine(clip, "images", $"{frame:00000}.jpg")), width, height);

    /// <summary>255 = car.</summary>
    public static Raster<byte> Mask(string clip, int frame, int width, int height)
    {
        var mask = Resize.Nearest(ImageFile.ReadGray(Path.Combine(clip, "masks", $"{frame:00000}.png")), width, height);
        for (var i = 0; i < mask.Samples.Length; i++) mask.Samples[i] = mask.Samples[i] > 0 ? (byte)255 : (byte)0;
        return mask;
    }

    /// <summary>Intersection over union.</summary>
    public static double Overlap(Raster<byte> a, Raster<byte> b)
    {
        var (both, either) = (0, 0);
        for (var i = 0; i < a.Samples.Length; i++)
        {
            both += a.Samples[i] != 0 && b.Samples[i] != 0 ? 1 : 0;
            either += a.Samples[i] != 0 || b.Samples[i] != 0 ? 1 : 0;
        }

        return either == 0 ? 1 : both / (double)either;
    }

    /// <summary>Overlap of a box with the mask's bounding box.</summary>
    public static double BoxOverlap(Raster<byte> mask, DetectedBox box)
    {
        var (left, top, right, bottom) = Bounds(mask);
        float w = mask.Width, h = mask.Height;
        return box.Overlap(new DetectedBox(0, 1, left / w, top / h, (right - left) / w, (bottom - top) / h));
    }

    public static float Median(Raster<float> values, Raster<byte> mask, Func<int, int, bool> include)
    {
        var chosen = new List<float>();
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                if (include(x, y)) chosen.Add(values[x, y]);
            }
        }

        chosen.Sort();
        return chosen[chosen.Count / 2];
    }

    /// <summary>Median over the third of the mask's height that lies above its bounding box.</summary>
    public static float MedianAbove(Raster<float> values, Raster<byte> mask)
    {
        var (left, top, right, bottom) = Bounds(mask);
        return Median(values, mask, (x, y) => x >= left && x < right && y < top && y >= top - Math.Max(8, (bottom - top) / 3));
    }

    private static (int Left, int Top, int Right, int Bottom) Bounds(Raster<byte> mask)
    {
        var (left, top, right, bottom) = (mask.Width, mask.Height, 0, 0);
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                if (mask[x, y] == 0) continue;
                (left, top) = (Math.Min(left, x), Math.Min(top, y));
                (right, bottom) = (Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }

        return (left, top, right, bottom);
    }

    private static string Shared(params string[] parts)
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Depth3D.Cluster.sln"))) folder = Path.GetDirectoryName(folder);
        var path = folder is null ? null : Path.Combine([folder, "..", "shared", "data", .. parts]);
        Skip.IfNot(path is not null && Path.Exists(path), $"../shared/data/{string.Join('/', parts)} is not there");
        return Path.GetFullPath(path!);
    }
}
