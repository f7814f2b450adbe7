using System.Globalization;
using System.Text;
using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Single;
using Depth3D.Reconstruction.Loops.Still;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>
/// One chunk of stage 1 of several views, from the previous checkpoint to its own; the last one cuts the scene into tiles. Belongs to one thread
/// (<see cref="TorchThread"/>).
/// </summary>
internal sealed class ViewSceneChunk(StageContext context, CancellationToken cancellation)
{
    private const double LoadShare = 0.05, StepShare = 0.8;

    /// <summary>A patch may shrink so often before memory is said not to suffice.</summary>
    private const int LargestDivisor = 16;

    private int Chunk => context.Id.TaskIndex;

    public void Run()
    {
        var inputs = ViewSceneInputs.Load(context);
        var plan = ViewSceneSettings.Plan(context.Options, inputs.Settings);
        // Clips without repetition are refused before anything is optimised.
        if (Chunk == 0 && plan.Chunks > 1) new ViewScenePeriod(context, inputs, cancellation).Find();
        context.Progress.Report(new StageProgress(LoadShare, "loaded"));
        var planes = BatchLadder.Run(BatchLadder.Start(1, context.Rung, LargestDivisor), LargestDivisor, divisor => Train(inputs, plan, divisor), (_, _) => { });
        var picture = StillPicture.Of(planes);
        ImageFile.WritePng(context.Output(LoopArtifacts.Preview(Chunk)), ViewScenePreview.Of(inputs, picture));
        if (Chunk == plan.Chunks - 1) Finish(inputs, planes, picture);
    }

    private StillPlanes Train(ViewSceneInputs inputs, ChunkPlan plan, int divisor)
    {
        var (first, end) = plan.Steps(Chunk);
        using var optimiser = new StillOptimiser(inputs.Cameras.Geometry, inputs.Views, inputs.Settings with { PatchPixels = inputs.Settings.PatchPixels / divisor });
        if (Chunk > 0)
        {
            var path = context.Inputs.PathOf(LoopStages.Scene, LoopArtifacts.Checkpoint(Chunk - 1));
            StillCheckpoint.Restore(optimiser, CheckpointFile.Read(path), inputs.Fingerprint, path);
        }

        var losses = optimiser.Run(end, new ChunkProgress(context.Progress, first, end, LoadShare, StepShare), cancellation);
        WriteLosses(losses);
        if (Chunk < plan.Chunks - 1) CheckpointFile.Write(context.Output(LoopArtifacts.Checkpoint(Chunk)), StillCheckpoint.Capture(optimiser, inputs.Fingerprint));
        return optimiser.Planes();
    }

    private void Finish(ViewSceneInputs inputs, StillPlanes planes, StillPicture picture)
    {
        var (frames, score, why, warning) = new ViewScenePeriod(context, inputs, cancellation).Find();
        LoopView[] views = [.. inputs.Views.Select(v => v.View)];
        var tiles = StillTiles.Of(planes, views, context.Options.Loop!.CullingBudget);
        List<string> warnings = [.. inputs.Cameras.Warnings, .. warning is null ? (string[])[] : [warning]];
        if (frames > 1 && !tiles.Labels.Contains(TileLabel.Dynamic))
        {
            (frames, why) = (1, "no tile moves");
            warnings.Add("What moves in the clips is seen by no two views in one place: the result is a still scene of one frame.");
        }

        if (frames == 1) tiles = tiles with { Labels = [.. tiles.Labels.Select(l => l == TileLabel.Dynamic ? TileLabel.Static : l)] };
        var video = tiles.Build(planes, frames, inputs.Infos[0].FramesPerSecond, StillBox.Of(views, picture));
        var start = frames > 1 ? Lift(inputs, planes, video) : null;
        MtvFile.Save(context.Output(LoopArtifacts.Scene), video);
        StageJson.Write(context.Output(LoopArtifacts.SceneIndex), new LoopSceneInfo
        {
            Frames = frames,
            LoopScore = score,
            Choices =
            [
                new LoopChoice("period", F($"{frames} frames"), why),
                .. start is null ? (LoopChoice[])[] : [start],
                new LoopChoice("tiles", F($"{video.Tiles.StaticSlots} still, {video.Tiles.DynamicSlots} moving of {video.Geometry.TileCount}"),
                    F($"what is left out changes no colour of a view by more than {tiles.Bound * 255:0.0} of 255; {tiles.Pruned} near tiles that one view alone saw were left out too")),
            ],
            Warnings = warnings,
        });
    }

    /// <summary>Starts the motion with the clip of the view next to the reference camera; the other views join in stage 2.</summary>
    private LoopChoice Lift(ViewSceneInputs inputs, StillPlanes planes, MultiTileVideo video)
    {
        var index = Enumerable.Range(0, inputs.Views.Count).MinBy(i => inputs.Views[i].View.CamFromReference.Center.Length);
        var info = inputs.Infos[index];
        Raster<byte>[] clip = [.. Enumerable.Range(0, info.Frames).AsParallel().AsOrdered().Select(t =>
            ImageFile.ReadRgb(context.Inputs.PathOf(LoopStages.Views, LoopArtifacts.ViewFrame(info.Index, t))))];
        var loopable = inputs.Views[index].Loopable;
        var rests = new Raster<byte>(loopable.Width, loopable.Height, 1, Array.ConvertAll(loopable.Samples, v => (byte)(255 - v)));
        var settings = new SegmentSettings { FramesPerSecond = info.FramesPerSecond, Period = video.Frames };
        var cut = new LoopCutter(clip, loopable, rests).Cut(settings, LoopKind.Forward, info.Name);
        if (cut.Frames.Count != video.Frames) return new LoopChoice("first motion", "none", $"{info.Name} does not move");
        new StillLift(planes, inputs.Views[index]).Colour(video, cut.Frames);
        return new LoopChoice("first motion", F($"frames {cut.Segment?.First}-{cut.Segment?.First + video.Frames - 1} of {info.Name}"), "the view next to the reference camera");
    }

    private void WriteLosses(IReadOnlyList<StillLosses> losses)
    {
        var text = new StringBuilder("step,level,total,photometric,mask,sparsity,colour_variation,alpha_variation,density\n");
        foreach (var l in losses)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{l.Step},{l.Level},{l.Total:G7},{l.Photometric:G7},{l.Mask:G7},{l.Sparsity:G7},{l.ColourVariation:G7},{l.AlphaVariation:G7},{l.Density:G7}\n");
        }

        File.WriteAllText(context.Output(LoopArtifacts.Losses(Chunk)), text.ToString());
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
