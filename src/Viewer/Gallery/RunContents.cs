using System.Text.RegularExpressions;
using Depth3D.Viewer.Loops;

namespace Depth3D.Viewer.Gallery;

/// <summary>What lies in a run's folder, in the order in which people want to see it: videos, effects, exports, then the files of frames.</summary>
internal sealed partial record RunContents(IReadOnlyList<GalleryGroup> Groups)
{
    /// <summary>The page of the run's loop, relative to the run's folder, parts divided by <c>/</c>; null where there is none.</summary>
    public string? LoopPage { get; init; }

    private const int MostFilesOfAGroup = 200_000;

    /// <summary>Folders with a place of their own; every other one follows under its own name.</summary>
    private static readonly (string Folder, string Title)[] Known =
    [
        ("video", "Videos"), ("loop", "Loop"), ("package", "Loop package"), ("published", "Loop for the published viewer"), ("effects", "Effect"), ("exports", "Export"), ("depth", "Depth"), ("pointcloud", "Point clouds"), ("masks", "Masks"),
        ("cameras", "Cameras"), ("prior", "Prior depth"),
    ];

    /// <summary>Folders whose subfolders are results of their own.</summary>
    private static readonly string[] Divided = ["effects", "exports"];

    [GeneratedRegex("[0-9]{4,}")]
    private static partial Regex Number();

    public static RunContents Scan(string folder)
    {
        var groups = new List<GalleryGroup> { new("Reports", Sets(folder, folder, SearchOption.TopDirectoryOnly)) };
        var others = Folders(folder).Where(f => Known.All(k => k.Folder != f)).Select(f => (Folder: f, Title: f));
        foreach (var (name, title) in Known.Concat(others))
        {
            var path = Path.Combine(folder, name);
            if (!Directory.Exists(path)) continue;
            var divided = Divided.Contains(name);
            if (divided) groups.AddRange(Folders(path).Select(part => new GalleryGroup($"{title} {part}", Sets(folder, Path.Combine(path, part), SearchOption.AllDirectories))));
            groups.Add(new(divided ? title + "s" : title, Sets(folder, path, divided ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)));
        }

        return new([.. groups.Where(g => g.Files.Count > 0)]) { LoopPage = PageOf(LoopResults.Find(folder) ?? LoopResults.OfFinishedRun(folder), folder) };
    }

    /// <summary>The page that opens from a disk, else the one that needs a server.</summary>
    private static string? PageOf(LoopResults? loop, string folder)
    {
        if (loop is null) return null;
        string[] pages = [Path.Combine(loop.Folder ?? loop.Package, EnclosedLoopPage.FileName), Path.Combine(loop.Package, LoopViewerPage.IndexName)];
        return pages.Where(File.Exists).Select(path => Path.GetRelativePath(Path.GetFullPath(folder), path).Replace('\\', '/')).FirstOrDefault();
    }

    private static IEnumerable<string> Folders(string folder) => new DirectoryInfo(folder).EnumerateDirectories()
        .Where(d => d.Name[0] != '.' && d.LinkTarget is null).Select(d => d.Name).Order(StringComparer.Ordinal);

    private static IReadOnlyList<FileSet> Sets(string root, string folder, SearchOption depth) =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions
            {
                RecurseSubdirectories = depth == SearchOption.AllDirectories,
                AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
            })
            .Where(f => f.Extension != ".part" && f.Name != GalleryPage.FileName)
            .Take(MostFilesOfAGroup)
            .Select(f => (Name: Path.GetRelativePath(root, f.FullName), f.Length))
            .GroupBy(f => Number().Replace(f.Name, "#"))
            .Select(g => Set(g.Key, [.. g.OrderBy(f => f.Name, StringComparer.Ordinal)]))
            .OrderBy(s => s.Name, StringComparer.Ordinal),
    ];

    private static FileSet Set(string pattern, (string Name, long Bytes)[] files) =>
        new(files.Length == 1 ? files[0].Name : pattern, files[files.Length / 2].Name, files.Length, files.Sum(f => f.Bytes));
}
