using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;

namespace Depth3D.Seed.Http;

/// <summary>The last picture of each stage that leaves any.</summary>
internal static class ClipPictures
{
    /// <summary>What shows best what a stage did, first to last.</summary>
    private static readonly string[] Preferred = ["preview_", "colour_", "view_", "mask_", "frame_", ""];

    public sealed record Picture(string Stage, string Task, string Name, string Url);

    public static IReadOnlyList<Picture> Of(SeedFiles files, ClipId clip, ClipState state) =>
        [.. state.Specs.Select(spec => Last(clip, state, spec.Name)).OfType<Picture>()];

    private static Picture? Last(ClipId clip, ClipState state, StageName stage)
    {
        foreach (var manifest in state.Accepted(clip, stage).Reverse())
        {
            foreach (var prefix in Preferred)
            {
                if (manifest.Files.LastOrDefault(f => IsPicture(f.Name) && f.Name.StartsWith(prefix, StringComparison.Ordinal)) is { } file)
                    return new(stage.Value, manifest.Task.ToString(), file.Name, FileUrls.Of(clip, manifest.Task, file.Name));
            }
        }

        return null;
    }

    private static bool IsPicture(string name) => Path.GetExtension(name) is ".png" or ".jpg";
}
