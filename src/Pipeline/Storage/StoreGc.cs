using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>
/// Finds what no accepted manifest names: folders of superseded attempts, and temporary folders of attempts that are over. It
/// says what it would delete before it does.
/// </summary>
public sealed class StoreGc(ArtifactStore store)
{
    /// <param name="accepted">Manifests the journal accepted for this clip.</param>
    /// <param name="isRunning">Says of an attempt whether it may still write; its folders are left alone.</param>
    public IReadOnlyList<Garbage> Find(ClipId clip, IEnumerable<ArtifactManifest> accepted, Func<TaskId, long, bool> isRunning)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(isRunning);
        var keep = accepted.Select(m => store.Paths.Published(clip, m.Task, m.Epoch)).ToHashSet(StringComparer.Ordinal);
        var found = new List<Garbage>();
        foreach (var (task, epoch, path) in Attempts(clip))
        {
            if (!keep.Contains(path) && !isRunning(task, epoch)) found.Add(Describe(path, $"superseded attempt {epoch} of {task}"));
        }

        foreach (var path in Below(store.Paths.Temporary(clip)))
        {
            if (!IsLive(path, isRunning)) found.Add(Describe(path, "unpublished files of an attempt that is over"));
        }

        return found;
    }

    /// <summary>Deletes what <see cref="Find"/> found.</summary>
    public void Collect(IEnumerable<Garbage> garbage)
    {
        foreach (var item in garbage) Folders.Remove(item.Path);
    }

    private IEnumerable<(TaskId Task, long Epoch, string Path)> Attempts(ClipId clip)
    {
        foreach (var stage in Below(store.Paths.Clip(clip)))
        {
            if (Path.GetFileName(stage).StartsWith('.')) continue;
            foreach (var task in Below(stage))
                foreach (var attempt in Below(task))
                {
                    if (int.TryParse(Path.GetFileName(task), out var index) && StorePaths.EpochOf(Path.GetFileName(attempt)) is { } epoch)
                        yield return (new TaskId(Path.GetFileName(stage), index), epoch, attempt);
                }
        }
    }

    private static bool IsLive(string path, Func<TaskId, long, bool> isRunning) =>
        StorePaths.AttemptOf(path) is { } attempt && isRunning(attempt.Task, attempt.Epoch);

    private static IEnumerable<string> Below(string path) =>
        Directory.Exists(path) ? Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal) : [];

    private static Garbage Describe(string path, string why) => new(path, why, Folders.Bytes(path));
}
