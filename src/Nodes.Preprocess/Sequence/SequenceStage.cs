using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Preprocess.Sequence;

/// <summary>
/// Stage <c>sequence</c>: brings cameras and prior to one unit, and writes down which pairs of frames are trained on, which are held out,
/// and the hash of every file that goes into the optimisation.
/// </summary>
public sealed class SequenceStage : IStage
{
    private const double DoubtfulSpread = 0.3;
    private static readonly StageName[] Sources = [Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras, Stages.Prior];

    public StageName Name => Stages.Sequence;

    public WorkerPool Pool => WorkerPool.PreprocessCpu;

    public IReadOnlyList<StageName> After => Sources;

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("training index")];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() => Execute(context, cancellation), cancellation);

    private static void Execute(StageContext context, CancellationToken cancellation)
    {
        var maps = new ClipMaps(context.Inputs);
        var frames = maps.Frames;
        var cameras = CameraArtifacts.Read(context.Inputs, Stages.Cameras, Artifacts.Cameras, frames.Count);
        var masks = TrainingMasks.Read(maps, cancellation);
        context.Progress.Report(new StageProgress(0.2, "counting pairs"));
        var pairs = PairIndex.Build(context, maps, masks, cancellation);
        context.Progress.Report(new StageProgress(0.6, "aligning scale"));
        var (scale, method) = new SequenceScale(context.Inputs, maps, cameras, masks, cancellation).Find();
        var warnings = Warnings(cameras, scale, method);
        cameras.ScaledBy(scale.Factor).Save(context.Output(Artifacts.ScaledCameras));
        StageJson.Write(context.Output(Artifacts.Sequence), new SequenceInfo(
            frames.Count, frames.TrainWidth, frames.TrainHeight, cameras.Motion, scale.Factor, scale.Spread, method, scale.Frames,
            pairs, [.. masks.Select(m => Math.Round(m.Count(x => x) / (double)m.Length, 6))],
            Sources.ToDictionary(s => s.Value, s => context.Inputs.List(s)), warnings));
        context.Progress.Report(new StageProgress(1));
    }

    private static List<string> Warnings(CameraTrack cameras, SceneScale scale, string method)
    {
        var warnings = new List<string>();
        if (cameras.Motion != CameraMotion.Parallax)
            warnings.Add("The camera does not translate: depth is kept consistent over time but cannot be measured from parallax; it is as right as the prior.");
        else if (method == SequenceScale.None)
            warnings.Add("No sparse point and no flow with parallax could be compared with the prior; its unit and the cameras' may differ.");
        if (scale.Spread > DoubtfulSpread)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"Prior and cameras agree on scale only within {scale.Spread:P0} between frames; expect less accurate depth."));
        }

        return warnings;
    }
}
