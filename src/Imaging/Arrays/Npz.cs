using System.IO.Compression;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// NPZ files: a zip of NPY arrays. Written with stored entries in the order given and a fixed date, so the same arrays give the same
/// bytes; read with stored or deflated entries.
/// </summary>
public static class Npz
{
    private const int MaxEntries = 4096;
    private const long MaxTotalBytes = 4L << 30;

    /// <summary>Deflate cannot shrink by more than 1032; anything beyond lies about its length.</summary>
    private const long MaxRatio = 1100;

    private static readonly DateTimeOffset FixedDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ArgumentException">A name is empty, doubled, or holds a slash.</exception>
    public static void Write(string path, params (string Name, NpyArray Array)[] entries)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in entries)
            if (!IsPlain(name) || !seen.Add(name)) throw new ArgumentException($"'{name}' is no usable name in an NPZ, or is doubled");
        OutputFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, array) in entries)
            {
                var entry = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
                entry.LastWriteTime = FixedDate;
                using var body = entry.Open();
                body.Write(NpyFormat.Write(array));
            }
        });
    }

    /// <summary>As <see cref="Write"/>, for arrays that are too large to hold.</summary>
    /// <exception cref="ArgumentException">A name is empty, doubled, or holds a slash; the pieces of an array do not make its shape.</exception>
    public static void WriteStreamed(string path, params NpzPart[] entries)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
            if (!IsPlain(entry.Name) || !seen.Add(entry.Name)) throw new ArgumentException($"'{entry.Name}' is no usable name in an NPZ, or is doubled");
        OutputFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var part in entries)
            {
                var entry = zip.CreateEntry(part.Name + ".npy", CompressionLevel.NoCompression);
                entry.LastWriteTime = FixedDate;
                using var body = entry.Open();
                body.Write(NpyFormat.Head(part.DType, part.Shape));
                part.Write(body);
            }
        });
    }

    /// <summary>The arrays by name, without <c>.npy</c>.</summary>
    /// <exception cref="Depth3DException">Missing, no zip, truncated, a bad checksum or name, doubled names, lengths that lie.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        using var stream = InputFile.OpenRead(path);
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxEntries)
                throw new Depth3DException($"{zip.Entries.Count} entries, at most {MaxEntries} are read", path, "split it into several files");
            var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
            long total = 0;
            foreach (var entry in zip.Entries)
            {
                var name = NameOf(entry, path);
                if ((total += entry.Length) > MaxTotalBytes)
                    throw new Depth3DException($"more than {MaxTotalBytes >> 30} GiB when unpacked", path, "split it into several files");
                if (!arrays.TryAdd(name, NpyFormat.Read(Unpack(entry, path), $"{path}: {entry.FullName}")))
                    throw new Depth3DException($"entry '{name}' is there twice", path, "save it again");
            }

            return arrays;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or NotSupportedException)
        {
            throw new Depth3DException($"not an NPZ file, or truncated: {e.Message}", path, "save it again", inner: e);
        }
    }

    private static byte[] Unpack(ZipArchiveEntry entry, string path)
    {
        var where = $"{path}: {entry.FullName}";
        if (entry.Length > Array.MaxLength || entry.Length > (entry.CompressedLength + 1) * MaxRatio)
            throw new Depth3DException($"{entry.CompressedLength} bytes claim to unpack to {entry.Length}", where, "the file is damaged or hostile");
        var bytes = new byte[entry.Length];
        using var body = entry.Open();
        body.ReadExactly(bytes);
        if (Crc32.Of(bytes) != entry.Crc32) throw new Depth3DException("the checksum does not match", where, "copy or save the file again");
        return bytes;
    }

    private static string NameOf(ZipArchiveEntry entry, string path)
    {
        if (!IsPlain(entry.FullName) || !entry.FullName.EndsWith(".npy", StringComparison.Ordinal) || entry.FullName.Length == 4)
            throw new Depth3DException($"entry '{entry.FullName}' is not a plain array name ending in .npy", path, "the file is no NPZ or hostile");
        return entry.FullName[..^4];
    }

    private static bool IsPlain(string name) => name.Length > 0 && !name.Contains("..", StringComparison.Ordinal)
        && name.AsSpan().IndexOfAny("/\\:\0") < 0;
}
