using Depth3D.Messages;

namespace Depth3D.Pipeline.Windows;

/// <summary>How a long clip is cut into windows that overlap; docs/decisions/0008. Published by stage frames, so every task cuts alike.</summary>
/// <param name="Frames">Frames of the clip.</param>
/// <param name="Items">Ascending; each ends after the next one began, and no frame lies in more than two.</param>
public sealed record ClipWindows(int Frames, IReadOnlyList<ClipWindow> Items)
{
    /// <summary>Fewer frames than this cannot hold cameras and training.</summary>
    public const int LeastWindowFrames = 16;

    /// <summary>Windows of equal length, at most <see cref="FramesOptions.WindowFrames"/>.</summary>
    /// <returns>Null for a clip that is one window: it is worked on as a whole.</returns>
    public static ClipWindows? Of(int frames, FramesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        if (frames <= options.WindowFrames) return null;
        int most = options.WindowFrames, overlap = options.WindowOverlap;
        var count = (frames - overlap + (most - overlap) - 1) / (most - overlap);
        var length = (frames + ((count - 1) * overlap) + count - 1) / count;
        return new ClipWindows(frames,
            [.. Enumerable.Range(0, count).Select(i => new ClipWindow(i, (int)((long)i * (frames - length) / (count - 1)), length))]);
    }

    /// <returns>Null for a clip that is worked on as a whole.</returns>
    public static ClipWindows? Read(IArtifactReader inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Exists(Stages.Frames, Artifacts.WindowsIndex)
            ? StageJson.Read<ClipWindows>(inputs.PathOf(Stages.Frames, Artifacts.WindowsIndex))
            : null;
    }

    /// <summary>Frames of both windows <paramref name="seam"/> and <paramref name="seam"/> + 1.</summary>
    public FrameRange Overlap(int seam) => new(Items[seam + 1].First, Items[seam].End - Items[seam + 1].First);

    /// <summary>
    /// The windows a frame is made from: one, or two with the weight of the second, which rises evenly over their overlap, because a window
    /// knows least at its ends.
    /// </summary>
    public (ClipWindow First, ClipWindow? Second, double SecondWeight) At(int frame)
    {
        var i = Items.Count - 1;
        while (!Items[i].Contains(frame)) i--;
        if (i == 0 || !Items[i - 1].Contains(frame)) return (Items[i], null, 0);
        var overlap = Overlap(i - 1);
        return (Items[i - 1], Items[i], (frame - overlap.First + 1.0) / (overlap.Count + 1));
    }

    /// <summary>The window whose word on a frame counts where there is nothing between two.</summary>
    public ClipWindow Owner(int frame) => At(frame) is var (first, second, weight) && weight > 0.5 ? second!.Value : first;

    private static void Check(FramesOptions options)
    {
        if (options.WindowFrames < LeastWindowFrames)
        {
            throw new Depth3DException(FormattableString.Invariant($"expected {LeastWindowFrames} or more, got {options.WindowFrames}"), "--window",
                kind: FailureKind.Usage);
        }

        if (options.WindowOverlap < 2 || options.WindowOverlap > options.WindowFrames / 3)
        {
            throw new Depth3DException(
                FormattableString.Invariant($"expected 2 to a third of the window ({options.WindowFrames / 3}), got {options.WindowOverlap}"),
                "--window-overlap", kind: FailureKind.Usage);
        }
    }
}
