using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Cameras.Import;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops.Packages;
using Depth3D.Rendering.Loops.Published;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>Stage <c>loop-package</c>: the package that viewers open, the same in the published layout, and what the loop is worth.</summary>
internal sealed class LoopPackageStage : IStage
{
    private const string CamerasFile = "poses_bounds.npy";

    public StageName Name => LoopStages.Package;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Train];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("package")];

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        var cameras = StageJson.Read<LoopCameras>(context.Inputs.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras));
        var video = await Task.Run(() => LoopFile.Culled(LoopFile.Open(context.Inputs), cameras.Views, context.Options.Loop!), cancellation).ConfigureAwait(false);
        context.Progress.Report(new StageProgress(0.2, "view box and tiles"));
        var options = new MtvPackageOptions { Provenance = Provenance(context, cameras, video), WithVideo = context.Options.Loop!.AlphaFilm };
        var bytes = await MtvPackageWriter.WriteAsync(context.Output(LoopArtifacts.PackageFolder), video, options, cancellation)
            .ConfigureAwait(false);
        context.Progress.Report(new StageProgress(0.4, "package"));
        await Task.Run(() =>
        {
            PublishedWriter.Write(context.Output(LoopArtifacts.PublishedFolder), video, cancellation);
            if (cameras.Views.Count > 1) LlffPoses.Write(Path.Combine(context.Output(LoopArtifacts.PublishedFolder), CamerasFile), Rows(cameras));
            context.Progress.Report(new StageProgress(0.6, "published layout"));
            StageJson.Write(context.Output(LoopArtifacts.Quality), new LoopWorth(context, video).Measure(bytes, cancellation));
            context.Progress.Report(new StageProgress(1, "package"));
        }, cancellation).ConfigureAwait(false);
    }

    /// <summary>The clips' cameras in the loop's frame and unit, with the planes as bounds.</summary>
    private static LlffRow[] Rows(LoopCameras cameras)
    {
        var depths = cameras.Geometry.PlaneDepths;
        return [.. cameras.Views.Select(v => new LlffRow(v.CamFromReference.Inverse(), v.Intrinsics.Height, v.Intrinsics.Width, v.Intrinsics.Fx, depths[0], depths[^1]))];
    }

    private static Dictionary<string, string> Provenance(StageContext context, LoopCameras cameras, MultiTileVideo video)
    {
        var stage = LoopArtifacts.ViewsStage(context.Options.Loop!);
        var clips = cameras.Views.Select(v => StageJson.Read<LoopViewInfo>(context.Inputs.PathOf(stage, LoopArtifacts.View(v.Index))).Name);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["clips"] = string.Join(", ", clips),
            ["program"] = "depth3d loop",
            ["unit"] = string.Create(CultureInfo.InvariantCulture, $"{cameras.UnitsOfSource:R} units of the source's cameras"),
            ["tiles"] = string.Create(CultureInfo.InvariantCulture, $"{video.Tiles.StaticSlots} still and {video.Tiles.DynamicSlots} moving of {video.Geometry.TileCount}"),
        };
    }
}
