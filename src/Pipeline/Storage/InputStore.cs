using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>
/// Inputs that clips name, kept once per content: <c>inputs/ID/NAME</c>. A content arrives in <c>inputs/.blobs/SHA256</c>, checked
/// while it is written; an input is put together from contents and appears at once or not at all. Everything can be repeated.
/// </summary>
public sealed partial class InputStore(ArtifactStore store)
{
    private const int CopyBytes = 1 << 17;

    private string Root => Path.Combine(store.Paths.Root, "inputs");

    private string Blobs => Path.Combine(Root, ".blobs");

    public bool Contains(string id, string name) => Path.Exists(Target(id, name));

    /// <summary>Contents of these that are not here.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<string> hashes) => [.. hashes.Distinct(StringComparer.Ordinal).Where(h => !File.Exists(Blob(h)))];

    /// <summary>Stores a content under its hash.</summary>
    /// <exception cref="Depth3DException">What came is not what the hash says, or the disk refuses.</exception>
    public async Task TakeAsync(string sha256, Stream content, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        var target = Blob(sha256);
        if (File.Exists(target)) return;
        var temporary = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            Folders.CreateDurable(Blobs);
            var got = await WriteAsync(temporary, content, cancellation).ConfigureAwait(false);
            if (got != sha256) throw new Depth3DException($"the content has the hash {got}", sha256, "the file changed while it was sent; submit again");
            File.Move(temporary, target, overwrite: true);
            Posix.FlushFolder(Blobs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !cancellation.IsCancellationRequested)
        {
            throw StorageFaults.Explain(e, "storing an input", target);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Puts an input together from contents that are all here. Does nothing when it is there.</summary>
    /// <param name="files">Names relative to the folder, already checked, and their content; one file with an empty name for a file.</param>
    public void Assemble(string id, string name, IReadOnlyList<(string Name, string Sha256)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var target = Target(id, name);
        if (Path.Exists(target)) return;
        var temporary = Path.Combine(Blobs, $"{id}.{Guid.NewGuid():n}.tmp");
        try
        {
            foreach (var (file, sha256) in files) Link(Blob(sha256), file.Length == 0 ? temporary : Path.Combine(temporary, file));
            Folders.CreateDurable(Path.GetDirectoryName(target)!);
            Move(temporary, target);
            Posix.FlushFolder(Path.GetDirectoryName(target)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!Path.Exists(target)) throw StorageFaults.Explain(e, "storing an input", target);
        }
        finally
        {
            Remove(temporary);
        }
    }

    /// <summary>Ids of the inputs that a clip's options name.</summary>
    public static IEnumerable<string> IdsIn(string optionsJson) => Reference().Matches(optionsJson).Select(m => m.Groups["id"].Value);

    /// <summary>Inputs that nobody names, and contents that were not put together, both older than a moment.</summary>
    public IReadOnlyList<Garbage> FindUnused(IReadOnlySet<string> used, DateTime before)
    {
        ArgumentNullException.ThrowIfNull(used);
        if (!Directory.Exists(Root)) return [];
        var inputs = new DirectoryInfo(Root).EnumerateDirectories().Where(d => d.Name[0] != '.' && !used.Contains(d.Name) && d.LastWriteTimeUtc < before)
            .Select(d => new Garbage(d.FullName, "an input that no clip names", Folders.Bytes(d.FullName)));
        var blobs = Directory.Exists(Blobs)
            ? new DirectoryInfo(Blobs).EnumerateFiles().Where(f => f.LastWriteTimeUtc < before).Select(f => new Garbage(f.FullName, "an uploaded content that is in place", f.Length))
            : [];
        return [.. inputs.Concat(blobs).OrderBy(g => g.Path, StringComparer.Ordinal)];
    }

    /// <summary>Deletes what <see cref="FindUnused"/> found.</summary>
    public void Collect(IEnumerable<Garbage> garbage)
    {
        ArgumentNullException.ThrowIfNull(garbage);
        foreach (var item in garbage) Remove(item.Path);
    }

    [GeneratedRegex("store:inputs/(?<id>[0-9a-f]{64})/")]
    private static partial Regex Reference();

    private static async Task<string> WriteAsync(string path, Stream content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBytes, FileOptions.Asynchronous);
        var buffer = new byte[CopyBytes];
        for (int read; (read = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
        }

        await file.FlushAsync(cancellation).ConfigureAwait(false);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A second name of the same content where the file system allows it, else a copy.</summary>
    private static void Link(string blob, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!Posix.TryLink(blob, path)) File.Copy(blob, path);
    }

    private static void Move(string from, string to)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to);
    }

    private static void Remove(string path)
    {
        Folders.Remove(path);
        File.Delete(path);
    }

    private string Target(string id, string name) => StoreReference.Resolve($"{StoreReference.Prefix}inputs/{id}/{name}", store.Paths.Root);

    private string Blob(string sha256) => sha256 is { Length: 64 } && sha256.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'))
        ? Path.Combine(Blobs, sha256)
        : throw new Depth3DException("is not a SHA-256 in lower-case hexadecimal", sha256.Length > 80 ? sha256[..80] : sha256, kind: FailureKind.Usage);
}
