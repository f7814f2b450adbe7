using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>
/// Where things lie under a store's root. Ids start with a letter or digit, so names that start with a dot are never a clip's or a
/// stage's: <c>.engine</c> holds the journal and the lock, <c>.tmp</c> of a clip the unpublished files.
/// </summary>
public sealed class StorePaths
{
    internal const string ClipMarker = ".clip";

    /// <summary>Ends the names of folders for intermediate files.</summary>
    private const string ScratchSuffix = ".scratch";

    public StorePaths(string root) => Root = Path.GetFullPath(root);

    public string Root { get; }

    public string Engine => Path.Combine(Root, ".engine");

    public string Trash => Path.Combine(Engine, "trash");

    public string Clip(ClipId clip) => Path.Combine(Root, clip.Value);

    public string Temporary(ClipId clip) => Path.Combine(Clip(clip), ".tmp");

    /// <summary>What an attempt writes, until it is published.</summary>
    public string Attempt(ClipId clip, TaskId task, long epoch) => Path.Combine(Temporary(clip), Text($"{task.Stage}-{task.TaskIndex:000}-e{epoch}"));

    /// <summary>What an attempt writes for itself, beside <see cref="Attempt"/>.</summary>
    public string Scratch(ClipId clip, TaskId task, long epoch) => Attempt(clip, task, epoch) + ScratchSuffix;

    /// <summary>Temporary folders of the attempts of a task before this one.</summary>
    internal IEnumerable<string> EarlierAttempts(ClipId clip, TaskId task, long epoch)
    {
        var folder = Temporary(clip);
        return !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder, Text($"{task.Stage}-{task.TaskIndex:000}-e*"))
            .Where(path => AttemptOf(path) is { } other && other.Task == task && other.Epoch < epoch);
    }

    /// <summary>Whose temporary folder it is; null where the name says nothing.</summary>
    internal static (TaskId Task, long Epoch)? AttemptOf(string path)
    {
        var name = Path.GetFileName(path);
        if (name.EndsWith(ScratchSuffix, StringComparison.Ordinal)) name = name[..^ScratchSuffix.Length];
        var parts = name.Split('-');
        return parts.Length >= 3 && int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && EpochOf(parts[^1]) is { } epoch
            ? (new TaskId(string.Join('-', parts[..^2]), index), epoch)
            : null;
    }

    /// <summary>The epoch in a name such as <c>e2</c>; null where it is none.</summary>
    internal static long? EpochOf(string name) =>
        name.StartsWith('e') && long.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : null;

    public string Task(ClipId clip, TaskId task) => Path.Combine(Clip(clip), task.Stage.Value, Text($"{task.TaskIndex:000}"));

    public string Published(ClipId clip, TaskId task, long epoch) => Path.Combine(Task(clip, task), Text($"e{epoch}"));

    /// <summary>Folder of the logs of a clip's attempts.</summary>
    public string Logs(ClipId clip) => Path.Combine(Clip(clip), ".logs");

    public string Log(ClipId clip, TaskId task, long epoch) => Path.Combine(Logs(clip), Text($"{task.Stage}-{task.TaskIndex:000}.e{epoch}.log"));

    /// <summary>Absolute path of a published file. The name came out of a message, so it is not trusted.</summary>
    /// <exception cref="Depth3DException">The name leaves the folder, by <c>..</c>, as an absolute path or through a link.</exception>
    public string File(ClipId clip, TaskId task, long epoch, string name)
    {
        var folder = Published(clip, task, epoch);
        if (string.IsNullOrEmpty(name) || name.Contains('\0')) throw Outside(name, folder);
        var path = Path.GetFullPath(Path.Combine(folder, name));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw Outside(name, folder);
        for (var at = path; at.Length > Root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null) throw Outside(name, folder);
        }

        return path;
    }

    private static Depth3DException Outside(string name, string folder) => new(
        $"'{name}' does not stay inside its task's folder", folder, "the store was tampered with: run again with --fresh", FailureKind.Storage);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
