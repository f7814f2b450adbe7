using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cli.Running;

/// <summary>
/// Puts results into a folder of the user's: links into the store where the file system has them, copies elsewhere, each whole or not at all. A file
/// that is there and holds something else is only replaced with <paramref name="force"/>, and nothing is written before that is known.
/// </summary>
/// <param name="root">Made when missing.</param>
/// <param name="force">Replace what is there.</param>
internal sealed partial class PublishedFolder(string root, bool force)
{
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Before anything is computed: that the folder can be had.</summary>
    /// <exception cref="Depth3DException">It is a file, or holds something and may not be overwritten.</exception>
    public void CheckFree()
    {
        if (File.Exists(Root)) throw new Depth3DException("is a file; results need a folder", Root, "choose another --out", FailureKind.Storage);
        if (!force && Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any()) throw Occupied(Root);
    }

    /// <param name="files">Their names below the folder, with forward slashes, and where they lie in the store.</param>
    /// <returns>A line per kind.</returns>
    /// <exception cref="Depth3DException">Something else is there, or the disk refuses; what was there before is as it was.</exception>
    public async Task<IReadOnlyList<ResultLine>> PublishAsync(IReadOnlyList<(string Name, string Source, ArtifactFile File)> files, CancellationToken cancellation)
    {
        var missing = new List<(string Target, string Source)>();
        foreach (var (name, source, file) in files)
        {
            var target = Target(name);
            if (await HoldsAsync(target, file, cancellation).ConfigureAwait(false)) continue;
            if (Path.Exists(target) && !force) throw Occupied(target);
            missing.Add((target, source));
        }

        foreach (var (target, source) in missing) Guarded(target, () => Place(source, target));
        RemoveOtherFrames(files.Select(f => Target(f.Name)).ToHashSet(StringComparer.Ordinal));
        return Lines(files);
    }

    /// <summary>Removes from these folders what an earlier, longer result left there.</summary>
    /// <param name="names">What stays, as given to <see cref="PublishAsync"/>.</param>
    public void KeepOnly(IEnumerable<string> folders, IEnumerable<string> names)
    {
        var kept = names.Select(Target).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in folders.Select(Target).Where(Directory.Exists))
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(p => !kept.Contains(p)).ToList())
                Guarded(path, () => File.Delete(path));
    }

    /// <summary>A small file of our own, such as a description of the others; replaces an earlier one.</summary>
    public string Write(string name, byte[] content)
    {
        var target = Target(name);
        Guarded(target, () => Whole(target, temporary => File.WriteAllBytes(temporary, content)));
        return target;
    }

    [GeneratedRegex(@"^(?<kind>[a-z][a-z_-]*)_[0-9]{5,}(?<end>\.[a-z0-9.]+)\z")]
    private static partial Regex FrameFile();

    private static async Task<bool> HoldsAsync(string path, ArtifactFile file, CancellationToken cancellation)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != file.Bytes) return false;
        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation).ConfigureAwait(false)) == file.Sha256;
    }

    private static void Place(string source, string target) => Whole(target, temporary => HardLink.Make(source, temporary));

    private static void Whole(string target, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Environment.ProcessId}.part";
        try
        {
            File.Delete(temporary);
            write(temporary);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // renaming one hard link over another of the same file does nothing
        }
    }

    private static void Guarded(string target, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"cannot be written: {e.Message}", target, "free some space or mend the permissions, and run the same command again", FailureKind.Storage, e);
        }
    }

    /// <summary>Frames of an earlier, longer result: no folder mixes two.</summary>
    private void RemoveOtherFrames(HashSet<string> now)
    {
        foreach (var group in now.Where(p => FrameFile().IsMatch(Path.GetFileName(p))).GroupBy(p => (Folder: Path.GetDirectoryName(p)!, Kind: Kind(p))))
        {
            foreach (var path in Directory.GetFiles(group.Key.Folder))
                if (!now.Contains(path) && FrameFile().IsMatch(Path.GetFileName(path)) && Kind(path) == group.Key.Kind) File.Delete(path);
        }

        static string Kind(string path) => FrameFile().Match(Path.GetFileName(path)) is var m ? m.Groups["kind"].Value + m.Groups["end"].Value : "";
    }

    private List<ResultLine> Lines(IReadOnlyList<(string Name, string Source, ArtifactFile File)> files) =>
    [
        .. files.GroupBy(f => (Folder: Path.GetDirectoryName(f.Name) ?? "", End: Path.GetExtension(f.Name))).OrderBy(g => g.Key.Folder, StringComparer.Ordinal)
            .ThenBy(g => g.Key.End, StringComparer.Ordinal).Select(g => new ResultLine(
                g.Count() == 1 ? Target(g.First().Name) : Path.Combine(Root, g.Key.Folder, "*" + g.Key.End), g.Count(), g.Sum(f => f.File.Bytes))),
    ];

    private string Target(string name) => Path.Combine(Root, name);

    private static Depth3DException Occupied(string path) =>
        new("is there already and holds something else", path, "give --force to replace it, or choose another --out", FailureKind.Usage);
}
