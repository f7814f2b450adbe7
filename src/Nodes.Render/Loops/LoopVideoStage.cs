using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Evaluation.Loops;
using Microsoft.Extensions.Logging;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>
/// Stage <c>loop-video</c>: the loop as MP4 (as often as the film repeats it), WebM, GIF and APNG (once: they repeat by themselves), the film along the
/// camera path, a sheet of frames, and the report.
/// </summary>
internal sealed partial class LoopVideoStage : IStage
{
    public StageName Name => LoopStages.Video;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Frames, LoopStages.Package];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("films")];

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        var count = StageJson.Read<LoopSceneInfo>(context.Inputs.PathOf(LoopStages.Scene, LoopArtifacts.SceneIndex)).Frames;
        var fps = StageJson.Read<LoopViewInfo>(context.Inputs.PathOf(LoopArtifacts.ViewsStage(context.Options.Loop!), FirstView(context))).FramesPerSecond;
        var total = count * context.Options.Loop!.Repeats;
        var films = new (string Name, VideoCodec Codec, int Frames, Func<int, string> Frame)[]
        {
            (LoopArtifacts.Film("mp4"), VideoCodec.H264, total, t => LoopArtifacts.LoopFrame(t % count)),
            (LoopArtifacts.Film("webm"), VideoCodec.Vp9, count, LoopArtifacts.LoopFrame),
            (LoopArtifacts.Film("gif"), VideoCodec.Gif, count, LoopArtifacts.LoopFrame),
            (LoopArtifacts.Film("png"), VideoCodec.Apng, count, LoopArtifacts.LoopFrame),
            (LoopArtifacts.PathFilm, VideoCodec.H264, total, LoopArtifacts.PathFrame),
        };
        for (var i = 0; i < films.Length; i++)
        {
            var (name, codec, frames, frame) = films[i];
            await Task.Run(() => WriteAsync(context, name, codec, fps, Enumerable.Range(0, frames).Select(t => Read(context, frame(t))), cancellation), cancellation)
                .ConfigureAwait(false);
            context.Progress.Report(new StageProgress((i + 0.5) / films.Length, name));
        }

        await Task.Run(() => LookAt(context, count, total), cancellation).ConfigureAwait(false);
    }

    private static async Task WriteAsync(StageContext context, string name, VideoCodec codec, double fps, IEnumerable<Raster<byte>> frames, CancellationToken cancellation)
    {
        VideoWriter? film = null;
        try
        {
            foreach (var frame in frames)
            {
                film ??= VideoWriter.Open(context.Output(name), frame.Width, frame.Height, fps, codec, cancellation: cancellation);
                film.Write(frame);
            }

            await film!.FinishAsync().ConfigureAwait(false);
        }
        finally
        {
            if (film is not null) await film.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The sheet and the report, and whether the film along the path closes as the loop does.</summary>
    private static void LookAt(StageContext context, int count, int total)
    {
        var sheet = new FrameSheet(count);
        for (var t = 0; t < count; t++) sheet.Add(t, Read(context, LoopArtifacts.LoopFrame(t)));
        ImageFile.WritePng(context.Output(LoopArtifacts.Sheet), sheet.Picture);
        var steps = LoopSteps.Measure([.. Enumerable.Range(0, total).Select(t => Read(context, LoopArtifacts.PathFrame(t)))]);
        if (!steps.IsSeamless) LogSeam(context.Log, steps.Seam, steps.Largest);
        File.WriteAllText(context.Output(LoopArtifacts.Report), new LoopReport(context).Build(sheet.Picture));
        context.Progress.Report(new StageProgress(1, "films"));
    }

    private static string FirstView(StageContext context) =>
        LoopArtifacts.View(StageJson.Read<LoopCameras>(context.Inputs.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras)).Views[0].Index);

    private static Raster<byte> Read(StageContext context, string name) => ImageFile.ReadRgb(context.Inputs.PathOf(LoopStages.Frames, name));

    [LoggerMessage(Level = LogLevel.Warning, Message = "the film along the camera path shows its seam: {Seam} against {LargestStep} between frames")]
    private static partial void LogSeam(ILogger log, double seam, double largestStep);
}
