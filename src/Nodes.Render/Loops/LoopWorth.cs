using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Evaluation.Loops;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Training;
using Depth3D.Reconstruction.Loops.Views;
using Depth3D.Rendering.Loops;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>
/// Measures a finished loop: its size, its seam, and its likeness to the clips (spec 7.1), of the view that was held out, or else of the views whose
/// motion it follows.
/// </summary>
internal sealed class LoopWorth(StageContext context, MultiTileVideo video)
{
    private readonly LoopRenderer _renderer = new(video);
    private readonly StageName _source = LoopArtifacts.ViewsStage(context.Options.Loop!);

    public LoopQuality Measure(long packageBytes, CancellationToken cancellation)
    {
        var steps = LoopSteps.Measure([.. Enumerable.Range(0, video.Frames).Select(t => _renderer.RenderReference(t).ToRgb())]);
        var (metrics, ratio) = Likeness(cancellation);
        return new LoopQuality
        {
            Metrics = metrics,
            Missing = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["VLPIPS"] = "needs the AlexNet weights of LPIPS, which are not part of the program" },
            TilesStatic = video.Tiles.StaticSlots,
            TilesDynamic = video.Tiles.DynamicSlots,
            TilesTotal = video.Geometry.TileCount,
            Parameters = video.Parameters,
            DenseParameters = video.DenseParameters,
            PackageBytes = packageBytes,
            Seam = steps.Seam,
            MeanStep = steps.Mean,
            LargestStep = steps.Largest,
            DeviationRatio = ratio,
        };
    }

    private (SortedDictionary<string, double> Metrics, double DeviationRatio) Likeness(CancellationToken cancellation)
    {
        var cameras = StageJson.Read<LoopCameras>(context.Inputs.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras));
        var chosen = cameras.HeldOutView is { } heldOut ? [heldOut] : cameras.ReferenceViews;
        var views = cameras.Views.Where(v => chosen.Contains(v.Index)).ToList();
        if (views.Count == 0) views = [cameras.Views[0]];
        var sums = new SortedDictionary<string, double>(StringComparer.Ordinal);
        double ratio = 0;
        foreach (var view in views)
        {
            cancellation.ThrowIfCancellationRequested();
            ratio += Measure(view, (name, value) => sums[name] = sums.GetValueOrDefault(name) + (value / views.Count)) / views.Count;
        }

        return (sums, ratio);
    }

    /// <returns>Temporal deviation of the loop over that of the clip where the clip can loop.</returns>
    private double Measure(LoopView view, Action<string, double> add)
    {
        var loop = Enumerable.Range(0, video.Frames).Select(t => _renderer.Render(view, t).ToRgb()).ToArray();
        var (clip, states) = Clip(view.Index);
        var mask = Array.ConvertAll(states.Samples, state => state == LoopableMask.Loopable);
        var scores = LoopScores.Measure(loop, clip, threads: Environment.ProcessorCount);
        add("STDerr", scores.DeviationError);
        add("Com.", scores.Completeness);
        add("Coh.", scores.Coherence);
        add("LoopQ", scores.LoopQuality);
        var still = StillQuality.Measure(loop, clip, mask);
        if (still.Pixels > 0)
        {
            add("PSNR of what stands still", still.Psnr);
            add("SSIM of what stands still", still.Ssim);
        }

        return TemporalSpread.Ratio(loop, clip, mask);
    }

    /// <summary>The clip and what of it can loop. Where somebody passes by, the scene is in his place, as in the loop.</summary>
    private (IReadOnlyList<Raster<byte>> Frames, Raster<byte> States) Clip(int view)
    {
        var count = StageJson.Read<LoopViewInfo>(context.Inputs.PathOf(_source, LoopArtifacts.View(view))).Frames;
        Raster<byte>[] frames = [.. Enumerable.Range(0, count).Select(t => ImageFile.ReadRgb(context.Inputs.PathOf(_source, LoopArtifacts.ViewFrame(view, t))))];
        string?[] masks = [.. Enumerable.Range(0, count).Select(t => LoopArtifacts.ValidPath(context.Inputs, context.Options.Loop!, view, t))];
        if (masks.All(m => m is null)) return (frames, ImageFile.ReadGray(context.Inputs.PathOf(_source, LoopArtifacts.ViewLoopable(view))));
        var everywhere = Enumerable.Repeat(true, frames[0].PixelCount).ToArray();
        var filled = ValidPixels.Filled(frames, [.. masks.Select(m => m is null ? everywhere : Array.ConvertAll(ImageFile.ReadGray(m).Samples, v => v != 0))]);
        return (filled, LoopableMask.Of(filled));
    }
}
