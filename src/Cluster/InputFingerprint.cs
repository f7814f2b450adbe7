using System.Security.Cryptography;
using System.Text;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster;

/// <summary>
/// One hash over the content of everything outside the store that a clip's options name (<see cref="OutsideInputs"/>), so that a
/// run is never resumed with other frames, masks, cameras or models than it began with.
/// </summary>
internal static class InputFingerprint
{
    /// <returns>Lower-case hexadecimal SHA-256.</returns>
    /// <exception cref="Depth3DException">Something named does not exist or cannot be read.</exception>
    public static async Task<string> ComputeAsync(DepthOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var input in OutsideInputs.Of(options))
            await AddAsync(hash, input.Role, input.Path, cancellation).ConfigureAwait(false);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task AddAsync(IncrementalHash hash, string role, string path, CancellationToken cancellation)
    {
        try
        {
            if (Directory.Exists(path))
            {
                var files = new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true })
                    .Select(f => (Name: Path.GetRelativePath(path, f.FullName), f.FullName)).OrderBy(f => f.Name, StringComparer.Ordinal);
                foreach (var (name, full) in files) await AddFileAsync(hash, $"{role}/{name}", full, cancellation).ConfigureAwait(false);
            }
            else
            {
                await AddFileAsync(hash, role, path, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Depth3DException($"the {role} was not found", path, "check the path", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the {role} cannot be read: {e.Message}", path, "check the file and its permissions", inner: e);
        }
    }

    private static async Task AddFileAsync(IncrementalHash hash, string name, string path, CancellationToken cancellation)
    {
        if (File.Exists(path) && !PlainFile.Is(path))
            throw new Depth3DException("a pipe or device cannot be an input, because a run must be able to read it again", path,
                "store it in a file first");
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
        var content = await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false);
        hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{stream.Length}\0"));
        hash.AppendData(content);
    }
}
