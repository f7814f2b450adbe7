using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Viewer.Loops;

namespace Depth3D.Cli.Running;

/// <summary>Which files of a loop people look at, and where they find them.</summary>
internal static class LoopFiles
{
    private const string Films = "video", Frames = "frames";

    /// <summary>Stages whose files are the result.</summary>
    public static IReadOnlyList<StageName> Stages { get; } = [LoopStages.Cameras, LoopStages.Package, LoopStages.Frames, LoopStages.Video];

    /// <summary>Where a file goes below the results' folder; null for one that stays in the store.</summary>
    public static string? PlaceOf(StageName stage, string file)
    {
        if (stage == LoopStages.Cameras) return file == LoopArtifacts.Cameras ? file : null;
        if (stage == LoopStages.Package) return file;
        if (stage == LoopStages.Frames) return $"{Frames}/{file}";
        if (stage != LoopStages.Video) return null;
        return file is LoopArtifacts.Sheet or LoopArtifacts.Report ? file : $"{Films}/{file}";
    }

    /// <summary>Puts the viewer's page beside a package that was placed, and both in one file above it.</summary>
    public static void AddPage(PublishedFolder target)
    {
        var package = Path.Combine(target.Root, LoopArtifacts.PackageFolder);
        LoopViewerPage.Write(package);
        EnclosedLoopPage.Write(package, Path.Combine(target.Root, EnclosedLoopPage.FileName));
    }

    /// <summary>All of them, of a complete loop.</summary>
    public static List<(string Name, string Source, ArtifactFile File)> Of(IArtifactReader artifacts) =>
    [
        .. Stages.SelectMany(stage => artifacts.List(stage).Select(f => (Place: PlaceOf(stage, f.Name), Stage: stage, File: f)))
            .Where(f => f.Place is not null).Select(f => (f.Place!, artifacts.PathOf(f.Stage, f.File.Name), f.File)),
    ];
}
