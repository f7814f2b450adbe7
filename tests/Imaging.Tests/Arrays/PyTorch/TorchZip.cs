using System.IO.Compression;

namespace Depth3D.Imaging.Tests.Arrays.PyTorch;

/// <summary>Archives as torch.save lays them out, with whatever content.</summary>
internal static class TorchZip
{
    public static string Write(string path, byte[] pickle, params (string Name, byte[] Bytes)[] entries)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(zip, "archive/data.pkl", pickle, CompressionLevel.NoCompression);
        foreach (var (name, bytes) in entries) Add(zip, name, bytes, CompressionLevel.NoCompression);
        return path;
    }

    public static void Add(ZipArchive zip, string name, byte[] bytes, CompressionLevel level)
    {
        using var body = zip.CreateEntry(name, level).Open();
        body.Write(bytes);
    }

    /// <summary>An archive with one storage of floats, 0 to count - 1.</summary>
    public static string WithFloats(string path, int count, byte[] pickle) =>
        Write(path, pickle, ("archive/data/0", [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((float)i))]));
}
