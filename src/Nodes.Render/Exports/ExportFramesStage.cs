using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Exports;

/// <summary>Stage <c>export-frames</c>: every format's files of single frames, below a folder per format. Fans out by frames.</summary>
internal sealed class ExportFramesStage : IStage
{
    public StageName Name => Stages.ExportFrames;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = RecipeGraphs.ExportImports;

    /// <summary>No task where no format has files of single frames.</summary>
    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => Exporters(context.Options).Count == 0 ? [] : FramePlan.Make(context);

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() => Run(context, cancellation), cancellation);

    private static void Run(StageContext context, CancellationToken cancellation)
    {
        var frames = FramePlan.FramesOf(context);
        var scene = ExportScene.Open(context.Inputs, context.Options);
        var exporters = Exporters(context.Options);
        foreach (var exporter in exporters) Directory.CreateDirectory(context.Output(exporter.Format));
        foreach (var frame in frames.Indices)
        {
            foreach (var exporter in exporters)
            {
                cancellation.ThrowIfCancellationRequested();
                exporter.WriteFrame(scene, frame, context.Output(exporter.Format));
            }

            FramePlan.Report(context, frames, frame, "export");
        }
    }

    private static List<IFrameExporter> Exporters(DepthOptions options) =>
        options.Export is { } export ? [.. ExportFormats.Of(export).OfType<IFrameExporter>()] : [];
}
