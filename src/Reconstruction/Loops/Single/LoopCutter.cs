using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>Cuts the best loop out of one camera's clip (spec 9.5, 9.6), or says why there is none.</summary>
/// <param name="frames">RGB, as one camera saw them.</param>
/// <param name="changes">Per pixel of a frame, non-zero where it changes in a way that can loop.</param>
/// <param name="rests">Per pixel, non-zero where nothing changes but noise.</param>
/// <param name="valid">Per frame, non-zero where it shows the scene; null where all frames do everywhere.</param>
public sealed class LoopCutter(IReadOnlyList<Raster<byte>> frames, Raster<byte> changes, Raster<byte> rests, IReadOnlyList<Raster<byte>>? valid = null)
{
    /// <summary>A clip in which less of the picture changes than this is a still one.</summary>
    public const double LeastMovingShare = 0.001;

    /// <summary>Pixels that rest must be this share of the picture to measure the noise on them.</summary>
    private const double LeastRestingShare = 0.01;

    /// <summary>Variance of rounding to 8 bits, per frame: noise is never taken to be less.</summary>
    private const double RoundingVariance = 1 / (12.0 * 255 * 255);

    /// <param name="whenNotLoopable">What becomes of a clip that does not repeat; null to refuse it.</param>
    /// <param name="where">What errors name.</param>
    /// <exception cref="Depth3DException">The clip is too short, or does not repeat and may not become anything else.</exception>
    public LoopCut Cut(SegmentSettings settings, LoopKind? whenNotLoopable, string where)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (Share(changes) < LeastMovingShare) return new LoopCut([FrameMedian.Of(frames, valid)], LoopKind.Still, null, 0);
        RefuseTooShort(settings, where);
        var best = Search(settings);
        if (best.Score <= settings.LargestScore) return Faded(best);
        return whenNotLoopable switch
        {
            LoopKind.PingPong => new LoopCut(BackAndForth(best), LoopKind.PingPong, best, 0),
            LoopKind.Still => new LoopCut([FrameMedian.Of(frames, valid)], LoopKind.Still, best, 0),
            LoopKind.Forward => Faded(best),
            _ => throw NotLoopable(best, settings, where),
        };
    }

    private LoopSegment Search(SegmentSettings settings)
    {
        var small = frames.Select(LoopFeatures.Of).ToArray();
        var masks = valid?.Select(mask => Resize.Nearest(mask, small[0].Width, small[0].Height)).ToArray();
        var distances = FrameDistances.Of(small, Flags(changes, small[0]), masks);
        var noise = Share(rests) < LeastRestingShare ? 0 : FrameDistances.Of(small, Flags(rests, small[0]), masks).MedianAtLag(1) / 2;
        return SegmentSearch.Find(distances, Math.Max(noise, RoundingVariance), settings, 1)[0];
    }

    private LoopCut Faded(LoopSegment segment)
    {
        var fade = CrossFade.Of(segment);
        return new LoopCut([.. Enumerable.Range(0, segment.Period).Select(q => fade.FrameAt(frames, q, MotionBlend.Between))], LoopKind.Forward, segment, fade.Length);
    }

    /// <summary>2p - 2 frames: both ends are shown once.</summary>
    private Raster<byte>[] BackAndForth(LoopSegment segment) =>
        [.. Enumerable.Range(0, Math.Max(1, (2 * segment.Period) - 2)).Select(q => frames[segment.First + (q < segment.Period ? q : (2 * segment.Period) - 2 - q)])];

    private void RefuseTooShort(SegmentSettings settings, string where)
    {
        var needed = settings.Period is { } period ? Math.Max(2 * period, period + 6) : 2 * settings.ShortestPeriod;
        if (frames.Count >= needed) return;
        throw new Depth3DException(
            $"{frames.Count} frames are too few: a loop of {settings.Period ?? settings.ShortestPeriod} frames needs a clip of {needed}, twice its length", where,
            frames.Count >= 16 ? $"film longer, or ask for --loop-frames {Math.Min(frames.Count / 2, frames.Count - 6)}" : "film longer");
    }

    private static Depth3DException NotLoopable(LoopSegment best, SegmentSettings settings, string where) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"the clip does not repeat: the best loop, {best.Period} frames from frame {best.First}, scores {best.Score:f2}; at most {settings.LargestScore:f2} passes"),
            where, "film something that repeats, or give --when-not-loopable ping-pong or static");

    private static double Share(Raster<byte> mask) => mask.Samples.Count(v => v != 0) / (double)mask.PixelCount;

    private static bool[] Flags(Raster<byte> mask, Raster<float> small) =>
        Array.ConvertAll(Resize.Nearest(mask, small.Width, small.Height).Samples, v => v != 0);
}
