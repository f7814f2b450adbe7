using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation.Loops;

/// <summary>
/// A loop against a clip from the same place (spec 7.1), in 8-bit units; lower is better. VLPIPS is not among them: it needs a network's weights.
/// </summary>
/// <param name="DeviationError">STDerr: mean squared difference of the deviations over time.</param>
/// <param name="Completeness">Com.: how far the clip's patches are from the loop's nearest.</param>
/// <param name="Coherence">Coh.: how far the loop's patches are from the clip's nearest.</param>
/// <param name="LoopQuality">LoopQ: the same for the frames over the loop's end.</param>
public sealed record LoopScores(double DeviationError, double Completeness, double Coherence, double LoopQuality)
{
    /// <summary>Pixels that the published protocol leaves out on every side.</summary>
    public const int PublishedCrop = 40;

    /// <param name="loop">RGB frames of one turn.</param>
    /// <param name="clip">RGB frames of the same size.</param>
    /// <param name="crop">Left out on every side; null for <see cref="PublishedCrop"/>, or an eighth of the short side where that is less.</param>
    /// <exception cref="ArgumentException">No frames, or sizes differ.</exception>
    public static LoopScores Measure(IReadOnlyList<Raster<byte>> loop, IReadOnlyList<Raster<byte>> clip, int? crop = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(clip);
        if (loop.Count == 0 || clip.Count == 0) throw new ArgumentException("no frames");
        if ((loop[0].Width, loop[0].Height) != (clip[0].Width, clip[0].Height))
            throw new ArgumentException($"a loop of {loop[0].Width}x{loop[0].Height} against a clip of {clip[0].Width}x{clip[0].Height}");
        var border = crop ?? Math.Min(PublishedCrop, Math.Min(loop[0].Width, loop[0].Height) / 8);
        var (shown, seen) = (Cropped(loop, border), Cropped(clip, border));
        return new LoopScores(
            TemporalSpread.Error(shown, seen),
            PatchNearness.Measure(seen, shown, threads),
            PatchNearness.Measure(shown, seen, threads),
            Seam(shown, seen, threads));
    }

    /// <summary>Coherence of the frames round the end of the loop.</summary>
    private static double Seam(IReadOnlyList<Raster<byte>> loop, IReadOnlyList<Raster<byte>> clip, int threads) => PatchNearness.Mean(PatchNearness.Published.Select(patch =>
    {
        var beside = patch.Frames - 1;
        var around = Enumerable.Range(0, 2 * beside).Select(n => loop[(((n - beside) % loop.Count) + loop.Count) % loop.Count]).ToArray();
        return PatchNearness.Measure(around, clip, patch, threads);
    }));

    private static Raster<byte>[] Cropped(IReadOnlyList<Raster<byte>> frames, int border) => [.. frames.Select(frame =>
    {
        if (border == 0) return frame;
        var part = new Raster<byte>(frame.Width - (2 * border), frame.Height - (2 * border), 3);
        for (var y = 0; y < part.Height; y++) frame.Row(y + border).Slice(3 * border, 3 * part.Width).CopyTo(part.Row(y));
        return part;
    })];
}
