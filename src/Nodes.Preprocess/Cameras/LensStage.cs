using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Microsoft.Extensions.Logging;

namespace Depth3D.Nodes.Preprocess.Cameras;

/// <summary>
/// Stage <c>lens</c>: finds the focal length of a long clip, before its windows are solved on their own, from a few of them. No task for a clip that is
/// one window, or whose focal length or cameras are given.
/// </summary>
internal sealed partial class LensStage : IStage
{
    public StageName Name => Stages.Lens;

    public WorkerPool Pool => WorkerPool.PreprocessCpu;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames, Stages.Flow, Stages.Masks];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        var options = context.Options.Cameras;
        return options.FocalPixels is not null || options.Method.StartsWith(CamerasStage.FilePrefix, StringComparison.Ordinal)
            ? []
            : [.. Probes(context.Inputs).Select(w => new PlannedTask($"focal length of {w}", new FrameRange(w.First, w.Count)))];
    }

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        var window = Probes(context.Inputs)[context.Id.TaskIndex];
        var own = new WindowReader(context.Inputs, window);
        var finding = await FindAsync(context with { Inputs = own }, ClipInputs.Frames(own), cancellation).ConfigureAwait(false);
        StageJson.Write(context.Output(window.NameOf(Artifacts.Lens)), finding);
        context.Progress.Report(new StageProgress(1, finding.Verdict));
    }

    /// <summary>Options of a window's cameras: with the focal length of the probe that turned most, if any found one.</summary>
    public static DepthOptions Choose(DepthOptions options, IArtifactReader clip)
    {
        if (options.Cameras.FocalPixels is not null) return options;
        var best = Probes(clip).Select(w => w.NameOf(Artifacts.Lens)).Where(name => clip.Exists(Stages.Lens, name))
            .Select(name => StageJson.Read<LensFinding>(clip.PathOf(Stages.Lens, name))).Where(f => f.FocalPixels is not null).MaxBy(f => f.TurnDegrees);
        return best is null ? options : options with { Cameras = options.Cameras with { FocalPixels = best.FocalPixels } };
    }

    /// <summary>First, middle and last window.</summary>
    private static IReadOnlyList<ClipWindow> Probes(IArtifactReader clip) => ClipWindows.Read(clip)?.Items is { } all
        ? [.. new[] { 0, all.Count / 2, all.Count - 1 }.Distinct().Select(i => all[i])]
        : [];

    private static async Task<LensFinding> FindAsync(StageContext context, FramesInfo frames, CancellationToken cancellation)
    {
        try
        {
            var track = (await new CameraSolving(context, frames).SolveAsync(cancellation).ConfigureAwait(false)).Track;
            if (track.Motion != CameraMotion.Parallax) return new LensFinding(null, 0, track.Verdict);
            var focal = track.Intrinsics.Fx * Math.Max(frames.SourceWidth, frames.SourceHeight) / Math.Max(frames.Width, frames.Height);
            var turn = track.Frames.Max(f => Rotations.AngleBetween(track.Frames[0].CamFromWorld.Rotation, f.CamFromWorld.Rotation)) * 180 / Math.PI;
            return new LensFinding(focal, turn, track.Verdict);
        }
        catch (Depth3DException e) when (e.Kind == FailureKind.BadInput)
        {
            LogUnsolved(context.Log, e.What);
            return new LensFinding(null, 0, e.What);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "no focal length from this window: {Why}")]
    private static partial void LogUnsolved(ILogger log, string why);
}
