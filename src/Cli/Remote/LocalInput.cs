using System.Security.Cryptography;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>A file or folder on this machine, with the hash of everything in it, as it is offered to a seed.</summary>
internal sealed class LocalInput
{
    private const int MostFiles = 100_000;

    private readonly Dictionary<string, string> _paths;

    private LocalInput(InputOffer offer, Dictionary<string, string> paths) => (Offer, _paths) = (offer, paths);

    public InputOffer Offer { get; }

    /// <summary>Where content with this hash lies.</summary>
    public string PathOf(string sha256) => _paths[sha256];

    /// <exception cref="Depth3DException">It does not exist, cannot be read, or leads out of itself.</exception>
    public static async Task<LocalInput> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var isFolder = Directory.Exists(path);
            var files = isFolder ? FilesIn(path) : [(Path.GetFileName(path), path)];
            var (listed, paths) = (new List<ArtifactFile>(files.Count), new Dictionary<string, string>(StringComparer.Ordinal));
            foreach (var (name, full) in files)
            {
                if (!Pipeline.Storage.PlainFile.Is(full)) throw new Depth3DException("a pipe or device cannot be an input", full, "store it in a file first");
                await using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
                var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false));
                listed.Add(new ArtifactFile(name, stream.Length, hash));
                paths[hash] = full;
            }

            return new LocalInput(new InputOffer(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), isFolder, listed), paths);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Depth3DException("there is no such file or folder", path, "check the path", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"cannot be read: {e.Message}", path, "check the file and its permissions", inner: e);
        }
    }

    private static List<(string Name, string Path)> FilesIn(string folder)
    {
        var root = new DirectoryInfo(folder);
        var inside = RealPath(root) + Path.DirectorySeparatorChar;
        var files = new List<(string, string)>();
        foreach (var entry in root.EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            RefuseLinkOut(entry, inside);
            if (entry is not FileInfo file) continue;
            files.Add((Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file.FullName));
            if (files.Count > MostFiles) throw new Depth3DException($"holds more than {MostFiles} files", folder, "submit the folder of the frames alone");
        }

        if (files.Count == 0) throw new Depth3DException("the folder is empty", folder, "give a folder of images");
        files.Sort(static (a, b) => string.CompareOrdinal(a.Item1, b.Item1));
        return files;
    }

    /// <summary>A link must not bring in what the folder does not hold, and one to a folder can lead round in a circle.</summary>
    private static void RefuseLinkOut(FileSystemInfo entry, string inside)
    {
        if (entry.LinkTarget is null) return;
        var target = entry.ResolveLinkTarget(returnFinalTarget: true);
        if (entry is DirectoryInfo || target?.FullName.StartsWith(inside, StringComparison.Ordinal) != true)
            throw new Depth3DException($"is a link to '{target?.FullName}', outside of the folder that is submitted", entry.FullName, "submit the folder it points to, or copy what it holds");
    }

    private static string RealPath(DirectoryInfo folder) => folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;
}
