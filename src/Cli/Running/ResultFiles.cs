using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Running;

/// <summary>
/// Shows accepted artifacts under the names people look for: hard links into the store where the file system has them, copies elsewhere. Every
/// file appears whole or not at all. What an earlier run with <c>--fresh</c> left under such names is removed, so that no folder mixes two runs.
/// </summary>
internal sealed partial class ResultFiles(OutputFolder folder, IArtifactReader artifacts)
{
    public const string TrainLog = "train.html";

    /// <summary>Where each stage's files go, and which of them people want to see.</summary>
    private static readonly (StageName Stage, string Folder, Func<string, bool> Shown)[] Layout =
    [
        (Stages.Masks, "masks", _ => true),
        (Stages.Cameras, "cameras", _ => true),
        (Stages.Sequence, "cameras", name => name == Artifacts.ScaledCameras),
        (Stages.Train, "cameras", name => name == Artifacts.RefinedCameras),
        (Stages.Prior, "prior", _ => true),
        (Stages.Depth, "depth", _ => true),
        (Stages.PointCloud, "pointcloud", name => name.EndsWith(".ply", StringComparison.Ordinal)),
        (Stages.Encode, "video", name => name.EndsWith(".mp4", StringComparison.Ordinal)),
    ];

    [GeneratedRegex(@"^((mask|prior|depth|colour|prior_colour|cloud)_[0-9]{5}\.(png|npy|npz|exr|ply)|refined-cameras\.json)\z")]
    private static partial Regex FrameFile();

    /// <summary>Publishes all of them, and returns what there is now, a line per kind.</summary>
    public IReadOnlyList<ResultLine> Publish()
    {
        var lines = new List<ResultLine>();
        foreach (var (stage, name, shown) in Layout)
        {
            var files = artifacts.List(stage).Where(f => shown(f.Name)).ToList();
            var target = Path.Combine(folder.Root, name);
            RemoveOthers(target, files);
            if (files.Count == 0) continue;
            Directory.CreateDirectory(target);
            foreach (var file in files) Link(artifacts.PathOf(stage, file.Name), Path.Combine(target, Path.GetFileName(file.Name)));
            lines.AddRange(files.GroupBy(f => Path.GetExtension(f.Name)).Select(g =>
                new ResultLine(g.Count() == 1 ? Path.Combine(target, g.First().Name) : Path.Combine(target, "*" + g.Key), g.Count(), g.Sum(f => f.Bytes))));
        }

        return lines;
    }

    /// <summary>Shows the newest page of the training, also while it runs; nothing where no chunk is done.</summary>
    /// <returns>Its path, or null.</returns>
    public string? PublishTrainLog()
    {
        var newest = artifacts.List(Stages.Train).Where(f => f.Name.EndsWith(".html", StringComparison.Ordinal)).MaxBy(f => (f.Name.Length, f.Name));
        if (newest is null) return null;
        var target = Path.Combine(folder.Root, TrainLog);
        Link(artifacts.PathOf(Stages.Train, newest.Name), target);
        return target;
    }

    /// <summary>Writes a file of the run's own, whole or not at all.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(folder.Root, name);
        var temporary = path + ".part";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    private static void RemoveOthers(string target, IReadOnlyList<ArtifactFile> files)
    {
        if (!Directory.Exists(target)) return;
        var now = files.Select(f => Path.GetFileName(f.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(target))
        {
            var name = Path.GetFileName(path);
            if (FrameFile().IsMatch(name) && !now.Contains(name)) File.Delete(path);
        }
    }

    private static void Link(string source, string target)
    {
        var temporary = target + ".part";
        File.Delete(temporary);
        // The link shares its bytes with the store, so an editor must not be able to change them in place.
        File.SetUnixFileMode(source, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        if (HardLink(source, temporary) != 0) File.Copy(source, temporary);
        File.Move(temporary, target, overwrite: true);
        File.Delete(temporary); // renaming one hard link over another of the same file does nothing
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string existing, string created);
}
