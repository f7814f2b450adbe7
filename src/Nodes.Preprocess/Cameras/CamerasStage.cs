using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Import;
using Microsoft.Extensions.Logging;

namespace Depth3D.Nodes.Preprocess.Cameras;

/// <summary>
/// Stage <c>cameras</c>: one camera per frame, from a file or solved from the frames. Flow decides first whether the camera has parallax at all;
/// one that only turns or stands still is solved from flow, everything else by COLMAP or, on demand or where that fails, from flow too.
/// </summary>
internal sealed partial class CamerasStage : IStage
{
    public const string Flow = "flow";

    /// <summary>Cameras somebody else solved: for the whole clip, also for a long one.</summary>
    public const string FilePrefix = "file:";

    public StageName Name => Stages.Cameras;

    public WorkerPool Pool => WorkerPool.PreprocessCpu;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames, Stages.Flow, Stages.Masks, Stages.Lens];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        var method = context.Options.Cameras.Method;
        if (method is not ("colmap" or Flow) && !method.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            throw new Depth3DException($"camera method '{method}' is not known; expected colmap, flow or file:PATH",
                remedy: "leave --cameras out to use colmap", kind: FailureKind.Usage);
        }

        if (context.Options.Cameras.FocalPixels is { } focal && focal is not (>= 1 and <= 1e6))
        {
            throw new Depth3DException($"a focal length of {focal:g6} pixels makes no sense; 1 to 1000000 expected",
                remedy: "give it in pixels of the source's full size, or leave --focal out", kind: FailureKind.Usage);
        }

        return [new PlannedTask("cameras")];
    }

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        var frames = ClipInputs.Frames(context.Inputs);
        var method = context.Options.Cameras.Method;
        var cameras = method.StartsWith(FilePrefix, StringComparison.Ordinal)
            ? FromFile(context, frames, method[FilePrefix.Length..])
            : await new CameraSolving(context, frames).SolveAsync(cancellation).ConfigureAwait(false);
        foreach (var warning in cameras.Warnings) LogWarning(context.Log, warning);
        LogVerdict(context.Log, cameras.Track.Verdict);
        cancellation.ThrowIfCancellationRequested();
        cameras.Track.Save(context.Output(Artifacts.Cameras));
        foreach (var window in ClipWindows.Read(context.Inputs)?.Items ?? [])
            (cameras.Track with { Frames = [.. cameras.Track.Frames.Skip(window.First).Take(window.Count)] }).Save(context.Output(window.NameOf(Artifacts.Cameras)));
        if (cameras.Points.Count > 0)
        {
            SparseCloud.WritePly(context.Output(Artifacts.SparsePoints), cameras.Points);
            SparseCloud.WriteNpz(context.Output(Artifacts.SparsePointArray), cameras.Points);
        }

        context.Progress.Report(new StageProgress(1, cameras.Track.Verdict));
    }

    private static ImportedCameras FromFile(StageContext context, FramesInfo frames, string path)
    {
        var loaded = CameraImport.Load(path, SourceNames.Of(context.Options.SourcePath, frames), frames.Width, frames.Height, frames.SourceFrameIndices);
        var least = context.Options.Cameras.MinRegisteredShare;
        if (loaded.Track.RegisteredShare < least)
        {
            throw new Depth3DException($"it has cameras for {loaded.Track.RegisteredShare:p0} of the {frames.Count} frames; at least {least:p0} needed", path,
                "give cameras for more frames, or take fewer frames: --max-frames");
        }

        var verdict = string.Join("; ", loaded.Warnings.Prepend(loaded.Track.Verdict));
        return loaded with { Track = loaded.Track with { Verdict = verdict } };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "cameras: {Verdict}")]
    private static partial void LogVerdict(ILogger log, string verdict);

    [LoggerMessage(Level = LogLevel.Warning, Message = "cameras: {Warning}")]
    private static partial void LogWarning(ILogger log, string warning);
}
