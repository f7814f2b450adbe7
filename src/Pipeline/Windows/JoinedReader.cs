using Depth3D.Messages;

namespace Depth3D.Pipeline.Windows;

/// <summary>
/// Shows the results of a long clip under the names they have for a short one: what stages align and merge made in place of a stage's own, and
/// every mask from the window it belongs to. Names are all that changes.
/// </summary>
public sealed class JoinedReader : IArtifactReader
{
    private readonly IArtifactReader _clip;
    private readonly ClipWindows _windows;

    private JoinedReader(IArtifactReader clip, ClipWindows windows) => (_clip, _windows) = (clip, windows);

    /// <returns>The reader itself for a clip that is one window.</returns>
    public static IArtifactReader Of(IArtifactReader clip) => ClipWindows.Read(clip) is { } windows ? new JoinedReader(clip, windows) : clip;

    public string PathOf(StageName stage, string fileName)
    {
        var (from, name) = Find(stage, fileName);
        return _clip.PathOf(from, name);
    }

    public bool Exists(StageName stage, string fileName)
    {
        var (from, name) = Find(stage, fileName);
        return _clip.Exists(from, name);
    }

    /// <summary>Without what is a window's alone, but for the pages and curves of training.</summary>
    public IReadOnlyList<ArtifactFile> List(StageName stage)
    {
        var all = _clip.List(stage);
        var own = all.Where(f => stage == Stages.Train || !FrameName.IsWindows(f.Name)).ToList();
        var names = own.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var added = new[] { Stages.Align, Stages.Merge }.SelectMany(_clip.List).Where(f => Find(stage, f.Name).Stage != stage);
        return [.. own, .. added.Concat(stage == Stages.Masks ? Masks(all) : []).Where(f => names.Add(f.Name)).OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    private IEnumerable<ArtifactFile> Masks(IReadOnlyList<ArtifactFile> all)
    {
        var byName = all.ToDictionary(f => f.Name, StringComparer.Ordinal);
        for (var frame = 0; frame < _windows.Frames; frame++)
        {
            if (byName.TryGetValue(OwnersMask(frame), out var file)) yield return file with { Name = Artifacts.Mask(frame) };
        }
    }

    private (StageName Stage, string Name) Find(StageName stage, string name)
    {
        if (_clip.Exists(stage, name) && !IsJoined(stage, name)) return (stage, name);
        if (stage == Stages.Masks && FrameName.Frames(name) is [var frame] && frame < _windows.Frames) return (stage, OwnersMask(frame));
        return IsJoined(stage, name) ? (Stages.Merge, name) : IsSummary(stage, name) ? (Stages.Align, name) : (stage, name);
    }

    private string OwnersMask(int frame)
    {
        var owner = _windows.Owner(frame);
        return owner.NameOf(Artifacts.Mask(frame - owner.First));
    }

    /// <summary>Depth in the clip's unit comes from stage merge, also where a prior was given for the clip.</summary>
    private static bool IsJoined(StageName stage, string name) => FrameName.Frames(name).Count == 1
        && ((stage == Stages.Prior && name.StartsWith("prior_", StringComparison.Ordinal)) || (stage == Stages.Train && name.StartsWith("refined_", StringComparison.Ordinal)));

    private static bool IsSummary(StageName stage, string name) =>
        (stage == Stages.Masks && name == Artifacts.MasksIndex) || (stage == Stages.Cameras && name == Artifacts.Cameras)
        || (stage == Stages.Prior && name == Artifacts.PriorIndex) || (stage == Stages.Train && name == Artifacts.TrainIndex)
        || (stage == Stages.Sequence && name is (Artifacts.ScaledCameras or Artifacts.Sequence));
}
