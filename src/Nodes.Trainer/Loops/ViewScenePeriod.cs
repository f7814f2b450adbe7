using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Single;
using Depth3D.Reconstruction.Loops.Views;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>How long the loop of several views is, from their clips.</summary>
internal sealed class ViewScenePeriod(StageContext context, ViewSceneInputs inputs, CancellationToken cancellation)
{
    /// <summary>Less of the pictures than this moves: the scene is a still one.</summary>
    private const double LeastMovingShare = 0.001;

    /// <summary>Variance of rounding to 8 bits.</summary>
    private const double RoundingVariance = 1 / (12.0 * 255 * 255);

    private readonly LoopOptions _loop = context.Options.Loop!;

    /// <returns>Frames of the loop, its score, and what people should know.</returns>
    /// <exception cref="Depth3DException">The clips are too short, or do not repeat and may not become anything else.</exception>
    public (int Frames, double? Score, string Why, string? Warning) Find()
    {
        if (inputs.Infos.All(i => i.LoopableShare < LeastMovingShare))
            return (1, null, "nothing in the clips moves", "Nothing in the clips moves: the result is a still scene of one frame.");
        var settings = new SegmentSettings { FramesPerSecond = inputs.Infos[0].FramesPerSecond, Period = _loop.Frames };
        var shortest = inputs.Infos.MinBy(i => i.Frames)!;
        var moving = inputs.Infos.Select((info, i) => (Info: info, View: inputs.Views[i])).Where(v => v.Info.LoopableShare >= LeastMovingShare).ToArray();
        var measured = moving.Select(v => Measure(v.Info, v.View.Loopable)).ToArray();
        var needed = 2 * (settings.Period ?? settings.ShortestPeriod);
        if (shortest.Frames < needed || ViewPeriod.Find([.. measured.Select(m => m.Distances)], [.. measured.Select(m => m.Noise)], settings) is not { } period)
        {
            throw new Depth3DException($"{shortest.Frames} frames are too few: a loop of {settings.Period ?? settings.ShortestPeriod} frames needs clips of {needed}, twice its length",
                shortest.Name, "film longer, or ask for a shorter loop: --loop-frames N");
        }

        var score = period.Score.ToString("f1", CultureInfo.InvariantCulture);
        if (period.Score <= settings.LargestScore)
            return (period.Frames, period.Score, settings.Period is null ? $"all views repeat best after so many frames (score {score})" : $"asked for (score {score})", null);
        var limit = settings.LargestScore.ToString("f1", CultureInfo.InvariantCulture);
        if (_loop.WhenNotLoopable == "refuse")
        {
            throw new Depth3DException($"the clips do not repeat: their best loop, {period.Frames} frames, scores {score}; at most {limit} passes",
                context.Options.SourcePath, "film something that repeats, or give --when-not-loopable static");
        }

        return (1, period.Score, "the clips do not repeat", $"The clips do not repeat (score {score}, at most {limit}): the result is a still scene of one frame."
            + (_loop.WhenNotLoopable == "ping-pong" ? " Several views that were filmed one after another cannot run forth and back together." : ""));
    }

    private (FrameDistances Distances, double Noise) Measure(LoopViewInfo info, Raster<byte> loopable)
    {
        var small = new Raster<float>[info.Frames];
        Parallel.For(0, info.Frames, new ParallelOptions { CancellationToken = cancellation }, t =>
            small[t] = LoopFeatures.Of(ImageFile.ReadRgb(context.Inputs.PathOf(LoopStages.Views, LoopArtifacts.ViewFrame(info.Index, t)))));
        var flags = Array.ConvertAll(Resize.Nearest(loopable, small[0].Width, small[0].Height).Samples, v => v != 0);
        var still = Array.ConvertAll(flags, f => !f);
        var noise = still.Count(f => f) < 100 ? 0 : FrameDistances.Of(small[..Math.Min(20, small.Length)], still).MedianAtLag(1) / 2;
        return (FrameDistances.Of(small, flags), Math.Max(noise, RoundingVariance));
    }
}
