using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>
/// The files of all clips under one root. An attempt writes into a folder of its own; publishing hashes and flushes every file and
/// then renames the folder to <c>&lt;clip&gt;/&lt;stage&gt;/&lt;task&gt;/e&lt;epoch&gt;/</c>, so a reader sees all of it or nothing, also after a power
/// cut. Publishing decides nothing: only a manifest that the journal accepted names files that count.
/// </summary>
public sealed class ArtifactStore
{
    /// <summary>Of a task that nobody had before: there is nothing to look for.</summary>
    private const long FirstEpoch = 1;

    private ArtifactStore(StorePaths paths, Visibility? visibility) => (Paths, Visibility) = (paths, visibility ?? Visibility.Local);

    public StorePaths Paths { get; }

    /// <summary>How readers take a file that is not there.</summary>
    public Visibility Visibility { get; }

    /// <exception cref="Depth3DException">The root is a file or cannot be written.</exception>
    public static ArtifactStore Open(string root, Visibility? visibility = null)
    {
        var store = new ArtifactStore(new StorePaths(root), visibility);
        if (System.IO.File.Exists(store.Paths.Root))
            throw new Depth3DException("a file stands where the output folder should be", store.Paths.Root,
                "choose another --out", FailureKind.Storage);
        Guarded("opening the store", store.Paths.Root, () =>
        {
            Directory.CreateDirectory(store.Paths.Engine);
            var probe = Path.Combine(store.Paths.Engine, "probe");
            System.IO.File.WriteAllBytes(probe, [1]);
            System.IO.File.Delete(probe);
            Folders.Remove(store.Paths.Trash);
        });
        return store;
    }

    /// <summary>The same store from a process that only reads it and fills the folders it was given; changes nothing.</summary>
    public static ArtifactStore Attach(string root, Visibility? visibility = null) => new(new StorePaths(root), visibility);

    /// <summary>Makes a clip's folder, refusing to take over one that this store did not make.</summary>
    public void Adopt(ClipId clip) => Guarded("making the clip's folder", Paths.Clip(clip), () =>
    {
        var folder = Paths.Clip(clip);
        if (Directory.Exists(folder) && !IsOurs(clip) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new Depth3DException("the folder exists and was not made by depth3d", folder,
                "choose another --out", FailureKind.Storage);
        Folders.CreateDurable(folder);
        System.IO.File.WriteAllText(Path.Combine(folder, StorePaths.ClipMarker), "This folder belongs to depth3d.\n");
    });

    /// <summary>
    /// Fresh temporary folders for one attempt. Those of earlier attempts of the task go: whoever had them died or lost the task, and what it
    /// still writes counts for nothing.
    /// </summary>
    public TaskWorkspace Prepare(ClipId clip, TaskId task, long epoch)
    {
        var workspace = new TaskWorkspace(Paths, clip, task, epoch);
        Guarded($"preparing {task}", workspace.OutputFolder, () =>
        {
            foreach (var left in (string[])[workspace.OutputFolder, workspace.ScratchFolder])
            {
                if (Directory.Exists(left)) Directory.Delete(left, recursive: true);
            }

            if (epoch > FirstEpoch)
            {
                foreach (var earlier in Paths.EarlierAttempts(clip, task, epoch)) Folders.Remove(earlier);
            }

            Directory.CreateDirectory(workspace.OutputFolder);
        });
        return workspace;
    }

    /// <summary>Publishes what an attempt wrote. On an error nothing is published.</summary>
    /// <exception cref="Depth3DException">The disk refuses, or the attempt left a link or a special file.</exception>
    public ArtifactManifest Publish(TaskWorkspace workspace, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var target = Paths.Published(workspace.Clip, workspace.Task, workspace.Epoch);
        IReadOnlyList<ArtifactFile> files = [];
        Guarded($"publishing {workspace.Task}", target, () =>
        {
            files = FolderManifest.FlushAndHash(workspace.OutputFolder, cancellation);
            var made = Folders.Create(Path.GetDirectoryName(target)!);
            if (Directory.Exists(target))
                throw new Depth3DException($"attempt {workspace.Epoch} of {workspace.Task} was published before", target,
                    "two engines wrote to one store, or its journal was lost: run again with --fresh", FailureKind.Storage);
            Directory.Move(workspace.OutputFolder, target);

            // Innermost first: a file system with a journal writes all of it with the first, and the others find nothing left to do.
            Posix.FlushFolder(Path.GetDirectoryName(target)!);
            foreach (var folder in made) Posix.FlushFolder(Path.GetDirectoryName(folder)!);
        });
        return new ArtifactManifest(workspace.Clip, workspace.Task, workspace.Epoch, files);
    }

    /// <summary>Removes what an attempt published and nobody will ever accept.</summary>
    public void Withdraw(ClipId clip, TaskId task, long epoch) => Folders.Remove(Paths.Published(clip, task, epoch));

    /// <summary>Recomputes the hashes of a manifest's files. Empty when all is as recorded.</summary>
    public IReadOnlyList<StoreProblem> Verify(ArtifactManifest manifest, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var folder = Paths.Published(manifest.Clip, manifest.Task, manifest.Epoch);
        var recorded = manifest.Files.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var problems = new List<StoreProblem>();
        if (Directory.Exists(folder))
        {
            foreach (var found in FolderManifest.Hash(folder, cancellation))
            {
                if (!recorded.Remove(found.Name, out var file)) problems.Add(new(manifest.Task, found.Name, "is not in the manifest"));
                else if (file != found) problems.Add(new(manifest.Task, found.Name, "differs from its recorded hash"));
            }
        }

        problems.AddRange(recorded.Keys.Order(StringComparer.Ordinal).Select(name => new StoreProblem(manifest.Task, name, "is missing")));
        return problems;
    }

    /// <summary>Removes a clip's files at once: readers see all of them or none.</summary>
    public void Discard(ClipId clip)
    {
        var folder = Paths.Clip(clip);
        if (!Directory.Exists(folder)) return;
        Guarded("discarding the clip", folder, () =>
        {
            if (!IsOurs(clip) && Directory.EnumerateFileSystemEntries(folder).Any())
                throw new Depth3DException("the folder was not made by depth3d, so it is not deleted", folder,
                    "choose another --out", FailureKind.Storage);
            Directory.CreateDirectory(Paths.Trash);
            var index = 0;
            string target;
            while (Directory.Exists(target = Path.Combine(Paths.Trash, $"{clip}-{index}"))) index++;
            Directory.Move(folder, target);
            Posix.FlushFolder(Paths.Root);
            Folders.Remove(target);
        });
    }

    /// <summary>Removes every unpublished file of a clip. Only for a store that no attempt is running on.</summary>
    public void RemoveTemporary(ClipId clip) => Folders.Remove(Paths.Temporary(clip));

    private bool IsOurs(ClipId clip) => System.IO.File.Exists(Path.Combine(Paths.Clip(clip), StorePaths.ClipMarker));

    private static void Guarded(string what, string where, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageFaults.Explain(e, what, where);
        }
    }
}
