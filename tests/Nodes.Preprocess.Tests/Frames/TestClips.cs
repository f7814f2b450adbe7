using Depth3D.Imaging;
using Depth3D.Native;

namespace Depth3D.Nodes.Preprocess.Tests.Frames;

/// <summary>Clips made for one test.</summary>
internal static class TestClips
{
    public static async Task<string> Video(string path, IEnumerable<Raster<byte>> frames, double fps = 24)
    {
        VideoWriter? writer = null;
        try
        {
            foreach (var frame in frames) (writer ??= VideoWriter.Open(path, frame.Width, frame.Height, fps)).Write(frame);
            await writer!.FinishAsync();
            return path;
        }
        finally
        {
            if (writer is not null) await writer.DisposeAsync();
        }
    }

    public static string Folder(string path, IEnumerable<Raster<byte>> frames, string name = "frame_{0:00000}.png")
    {
        Directory.CreateDirectory(path);
        var index = 0;
        foreach (var frame in frames) ImageFile.WritePng(Path.Combine(path, string.Format(System.Globalization.CultureInfo.InvariantCulture, name, index++)), frame);
        return path;
    }

    /// <summary>A textured plane that slides by <paramref name="step"/> pixels a frame; another seed is another scene.</summary>
    public static IEnumerable<Raster<byte>> Slide(int count, int width = 160, int height = 96, double step = 2, int seed = 0)
    {
        for (var i = 0; i < count; i++) yield return Scene(width, height, i * step, seed);
    }

    public static IEnumerable<Raster<byte>> Flat(int count, byte value, int width = 160, int height = 96)
    {
        for (var i = 0; i < count; i++)
        {
            var frame = new Raster<byte>(width, height, 3);
            Array.Fill(frame.Samples, value);
            yield return frame;
        }
    }

    /// <summary>Smoothed noise: something to match everywhere, different for every seed.</summary>
    public static Raster<byte> Scene(int width, int height, double shift, int seed)
    {
        var frame = new Raster<byte>(width, height, 3);
        double a = 0.13 + (0.05 * seed), b = 0.21 - (0.03 * seed), tint = 40 * seed;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var u = x + shift;
                var value = 110 + (45 * Math.Sin((a * u) + (0.07 * y))) + (35 * Math.Sin((b * y) - (0.11 * u))) + (25 * Math.Sin((0.67 * u) + (0.9 * y) + seed));
                frame[x, y, 0] = (byte)Math.Clamp(value + tint, 0, 255);
                frame[x, y, 1] = (byte)Math.Clamp(value - (tint / 2) + (20 * Math.Sin(u * 0.31)), 0, 255);
                frame[x, y, 2] = (byte)Math.Clamp(value - tint, 0, 255);
            }
        }

        return frame;
    }

    public static async Task<string> Ffmpeg(string path, params string[] arguments)
    {
        var result = await ExternalProcess.RunAsync("ffmpeg", ["-y", "-loglevel", "error", .. arguments, "file:" + path], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.OutputTail);
        return path;
    }

    /// <summary>A folder or file of <c>../shared/data/clips</c> beside the project's root, or null.</summary>
    public static string? Shared(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Depth3D.Cluster.sln"))) continue;
            var path = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data", "clips", name));
            return Path.Exists(path) ? path : null;
        }

        return null;
    }
}
