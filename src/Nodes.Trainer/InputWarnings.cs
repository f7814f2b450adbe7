using System.Globalization;
using Depth3D.Messages;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>What a person should know about the inputs of a training, in sentences; and the error where nothing is left to train on.</summary>
internal static class InputWarnings
{
    private const int MostNamed = 8;

    public static IReadOnlyList<string> Of(TrainingClip clip, IReadOnlyList<DirectedFlow> flows, CameraJumps jumps)
    {
        var warnings = new List<string>();
        if (jumps.Steps.Count > 0)
        {
            warnings.Add(F($"The camera jumps between frames {Named(jumps.Steps.Select(s => F($"{s} and {s + 1}")), "; ")}, and the flow contradicts it: {jumps.Pairs.Count} of {flows.Count} directed pairs across are not used. Look at the cameras; --first-frame and --max-frames cut such frames off."));
        }

        var empty = flows.Where(f => f.ValidPixels == 0 && !jumps.Pairs.Contains((f.From, f.To))).ToList();
        if (empty.Count > 0)
            warnings.Add(F($"{empty.Count} of {flows.Count} directed pairs of frames have no pixel with valid flow and are skipped: {Named(empty.Select(f => F($"{f.From}->{f.To}")))}."));
        var alone = Frames(clip, f => clip.FlowsFrom[f].Length == 0 && !clip.FlowsFrom.Any(from => from.Any(w => w.To == f)));
        if (alone.Count > 0)
            warnings.Add(F($"Depth stays at the prior in frames without valid flow to any other: {Named(alone)}."));
        var masked = Frames(clip, f => clip.StaticPixels[f].Length == 0);
        if (masked.Count == clip.Frames)
            warnings.Add("Every frame is masked as moving everywhere: no pixel is measured by the cameras, depth is only made consistent over time. Look at the masks, or give --masks none.");
        else if (masked.Count > 0)
            warnings.Add(F($"Frames masked as moving everywhere, which the cameras cannot hold: {Named(masked)}. Look at their masks."));
        return warnings;
    }

    /// <exception cref="Depth3DException">No pair of frames is left.</exception>
    public static void RequirePairs(TrainingClip clip, IReadOnlyList<DirectedFlow> flows, CameraJumps jumps)
    {
        if (clip.FlowsFrom.Any(f => f.Length > 0)) return;
        throw jumps.Pairs.Count > 0
            ? new Depth3DException("the cameras contradict the flow of every pair of frames", F($"frames {Named(jumps.Steps.Select(s => F($"{s} and {s + 1}")), "; ")}"),
                "check the file after --cameras file:, or solve the cameras from the images: --cameras colmap")
            : new Depth3DException(F($"none of {flows.Count} directed pairs of frames has valid flow; there is nothing to optimise against"), null,
                "check the clip with its preflight report: very dark, blurred or cut footage has no flow");
    }

    private static List<int> Frames(TrainingClip clip, Func<int, bool> that) => [.. Enumerable.Range(0, clip.Frames).Where(that)];

    private static string Named<T>(IEnumerable<T> items, string separator = ", ")
    {
        var all = items.Select(i => F($"{i}")).ToList();
        return string.Join(separator, all.Take(MostNamed)) + (all.Count > MostNamed ? F($" and {all.Count - MostNamed} more") : "");
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
