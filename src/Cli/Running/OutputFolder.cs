using Depth3D.Messages;

namespace Depth3D.Cli.Running;

/// <summary>The folder a run writes to: results for people on top, the engine's store and journal in <c>.depth3d</c>.</summary>
internal sealed class OutputFolder
{
    private OutputFolder(string path) => Root = path;

    public string Root { get; }

    public string Store => Path.Combine(Root, Cluster.FinishedRun.StoreFolder);

    /// <summary>Creates the folder, or opens that of an earlier run, and proves that it can be written to before any work is spent.</summary>
    /// <exception cref="Depth3DException">It is a file, read-only, or holds things that are not a run's.</exception>
    public static OutputFolder Open(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full)) throw new Depth3DException("is a file; --out needs a folder", full, "choose another --out", FailureKind.Storage);
        try
        {
            Directory.CreateDirectory(full);
            var folder = new OutputFolder(full);
            if (!Directory.Exists(folder.Store) && Directory.EnumerateFileSystemEntries(full).Any())
                throw new Depth3DException("holds files that no run of depth3d made", full, "choose an empty or new --out", FailureKind.Storage);
            Directory.CreateDirectory(folder.Store);
            var probe = Path.Combine(folder.Store, ".write-probe");
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"cannot be written to: {e.Message}", full, "choose another --out or mend its permissions", FailureKind.Storage, e);
        }
    }
}
