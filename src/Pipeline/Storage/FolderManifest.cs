using System.Security.Cryptography;
using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>Lists and hashes the files of a folder, refusing whatever is not a plain file in a plain folder.</summary>
internal static class FolderManifest
{
    /// <summary>Hashes every file after its bytes are on the disk, and makes the folders' entries durable.</summary>
    public static IReadOnlyList<ArtifactFile> FlushAndHash(string folder, CancellationToken cancellation) => List(folder, flush: true, cancellation);

    public static IReadOnlyList<ArtifactFile> Hash(string folder, CancellationToken cancellation) => List(folder, flush: false, cancellation);

    private static List<ArtifactFile> List(string folder, bool flush, CancellationToken cancellation)
    {
        var files = new List<ArtifactFile>();
        var isEmpty = true;
        foreach (var entry in Walk(new DirectoryInfo(folder)))
        {
            cancellation.ThrowIfCancellationRequested();
            isEmpty = false;
            if (entry is FileInfo file) files.Add(Read(folder, file, flush));
            else if (flush) Posix.FlushFolder(entry.FullName);
        }

        if (flush && !isEmpty) Posix.FlushFolder(folder);
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return files;
    }

    private static IEnumerable<FileSystemInfo> Walk(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null || (entry is FileInfo && !Posix.IsPlainFile(entry.FullName)))
                throw new Depth3DException("a stage left something that is not a plain file", entry.FullName,
                    "this is a defect of the stage: please report it", FailureKind.Defect);
            if (entry is DirectoryInfo inner)
            {
                foreach (var below in Walk(inner)) yield return below;
            }

            yield return entry;
        }
    }

    private static ArtifactFile Read(string folder, FileInfo file, bool flush)
    {
        using var handle = System.IO.File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        if (flush) RandomAccess.FlushToDisk(handle);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 1 << 17);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return new ArtifactFile(Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), stream.Length, hash);
    }
}
