using Depth3D.Messages;

namespace Depth3D.Pipeline.Windows;

/// <summary>
/// Shows one window of a long clip as if it were a clip: its frames count from zero, and what a stage left for the window alone comes before what
/// it left for the whole clip. Names are all that changes; nothing is copied.
/// That the clip has windows is not shown.
/// </summary>
public sealed class WindowReader(IArtifactReader clip, ClipWindow window) : IArtifactReader
{
    public string PathOf(StageName stage, string fileName) => clip.PathOf(stage, Name(stage, fileName));

    public bool Exists(StageName stage, string fileName) => fileName != Artifacts.WindowsIndex && clip.Exists(stage, Name(stage, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage)
    {
        var files = clip.List(stage);
        var prefix = window.NameOf("");
        var own = files.Where(f => f.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(f => f with { Name = f.Name[prefix.Length..] }).ToList();
        var names = own.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var shared = files.Where(f => f.Name != Artifacts.WindowsIndex && !FrameName.IsWindows(f.Name) && FrameName.Frames(f.Name).All(window.Contains))
            .Select(f => f with { Name = FrameName.Moved(f.Name, -window.First) }).Where(f => !names.Contains(f.Name));
        return [.. own.Concat(shared).OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    private string Name(StageName stage, string fileName)
    {
        var own = window.NameOf(fileName);
        return clip.Exists(stage, own) ? own : FrameName.Moved(fileName, window.First);
    }
}
