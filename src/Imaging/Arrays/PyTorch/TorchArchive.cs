using System.IO.Compression;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// The zip that PyTorch writes: one folder with <c>data.pkl</c>, storages under <c>data/</c>, and in programs <c>constants.pkl</c> and
/// <c>code/</c>. All names and sizes are checked before anything is read.
/// </summary>
internal sealed class TorchArchive : IDisposable
{
    private const int MaxEntries = 100_000;
    private const long MaxTotalBytes = 16L << 30;
    private const int MaxPickleBytes = 64 << 20;

    /// <summary>Deflate cannot shrink by more than 1032; anything beyond lies about its length.</summary>
    private const long MaxRatio = 1100;
    private readonly string _path;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    private TorchArchive(string path, Stream stream)
    {
        (_path, Bytes) = (path, stream.Length);
        _zip = new ZipArchive(stream, ZipArchiveMode.Read);
    }

    /// <summary>Size of the file.</summary>
    public long Bytes { get; }

    /// <summary>Whether it holds a TorchScript program rather than data.</summary>
    public bool IsProgram => _entries.ContainsKey("constants.pkl");

    /// <summary>Paths below the archive's one folder.</summary>
    public IEnumerable<string> Entries => _entries.Keys;

    /// <summary>Opens a file and hands it to <paramref name="use"/>.</summary>
    /// <exception cref="Depth3DException">Missing, no such zip, or damaged in any way.</exception>
    public static T Use<T>(string path, Func<TorchArchive, T> use)
    {
        using var stream = InputFile.OpenRead(path);
        RequireZip(stream, path);
        try
        {
            using var archive = new TorchArchive(path, stream);
            archive.Index();
            return use(archive);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or NotSupportedException)
        {
            throw new Depth3DException($"not a PyTorch file, or truncated: {e.Message}", path, "copy or save the file again", inner: e);
        }
    }

    /// <summary>Reads a pickle of the archive; its storages lie in the folder of the same name.</summary>
    public object? Unpickle(string entry)
    {
        if (!_entries.TryGetValue(entry, out var found)) throw Bad($"there is no {entry} in it");
        if (found.Length > MaxPickleBytes) throw Bad($"{entry} has {found.Length} bytes, at most {MaxPickleBytes} are read");
        try
        {
            return new TorchUnpickler(Read(found), entry[..^".pkl".Length], RequireStorage, IsProgram).Read();
        }
        catch (FormatException e)
        {
            throw new Depth3DException($"{entry}: {e.Message}", _path,
                "the file is damaged or hostile; save the weights alone: torch.save(model.state_dict(), FILE)", inner: e);
        }
    }

    /// <summary>All bytes of a storage.</summary>
    public byte[] Storage(TorchStorage storage) => Read(_entries[storage.Entry]);

    public void Dispose() => _zip.Dispose();

    private static void RequireZip(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[4];
        var length = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        stream.Position = 0;
        if (length == 4 && start.SequenceEqual("PK\u0003\u0004"u8)) return;
        if (length > 1 && start[0] == (byte)PickleOp.Proto)
        {
            throw new Depth3DException("a PyTorch file in the format from before 1.6, whose pickle is not read", path,
                "convert it where it can be trusted: python3 -c \"import torch; torch.save(torch.load('OLD.pt', map_location='cpu'), 'NEW.pt')\"");
        }

        throw new Depth3DException("not a PyTorch file: it does not start as a zip", path, "give a .pt written by torch.save, or safetensors");
    }

    private void Index()
    {
        if (_zip.Entries.Count > MaxEntries) throw Bad($"{_zip.Entries.Count} entries, at most {MaxEntries} are read");
        if (_zip.Entries.FirstOrDefault(e => e.Name == "data.pkl" && e.FullName.Count(c => c == '/') == 1) is not { } root)
            throw Bad("a zip without data.pkl is no PyTorch file");
        var folder = root.FullName[..^"data.pkl".Length];
        (long packed, long total) = (0, 0);
        foreach (var entry in _zip.Entries)
        {
            if (!IsPlain(entry.FullName) || !entry.FullName.StartsWith(folder, StringComparison.Ordinal))
                throw Bad($"entry '{entry.FullName}' lies outside {folder}");
            if (!_entries.TryAdd(entry.FullName[folder.Length..], entry)) throw Bad($"entry '{entry.FullName}' is there twice");
            packed += entry.CompressedLength;
            total += entry.Length;
            if (entry.Length > (entry.CompressedLength + 1) * MaxRatio || total > MaxTotalBytes)
                throw Bad($"entry '{entry.FullName}': {entry.CompressedLength} bytes claim to unpack to {entry.Length}");
        }

        if (packed > Bytes) throw Bad("its entries overlap");
        if (_entries.TryGetValue("byteorder", out var order) && order.Length < 16 && !Read(order).AsSpan().SequenceEqual("little"u8))
            throw Bad("it was written on a machine with another byte order");
    }

    private void RequireStorage(string entry, long bytes)
    {
        if (!_entries.TryGetValue(entry, out var found)) throw new FormatException($"storage {entry} is missing");
        if (found.Length != bytes) throw new FormatException($"storage {entry} has {found.Length} bytes, its tensors need {bytes}");
    }

    private byte[] Read(ZipArchiveEntry entry)
    {
        if (entry.Length > Array.MaxLength) throw Bad($"entry '{entry.FullName}' has {entry.Length} bytes, at most {Array.MaxLength} are read");
        var bytes = new byte[entry.Length];
        using var body = entry.Open();
        body.ReadExactly(bytes);
        if (Crc32.Of(bytes) != entry.Crc32) throw Bad($"entry '{entry.FullName}': the checksum does not match");
        return bytes;
    }

    private static bool IsPlain(string name) => name.AsSpan().IndexOfAny('\\', '\0', ':') < 0
        && name.Split('/').All(part => part.Length > 0 && part is not ("." or ".."));

    private Depth3DException Bad(string what) => new(what, _path, "the file is damaged or hostile; copy or save it again");
}
