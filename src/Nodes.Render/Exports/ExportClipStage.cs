using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Exports;

/// <summary>Stage <c>export-clip</c>: every format's files of the whole clip, below a folder per format.</summary>
internal sealed class ExportClipStage : IStage
{
    public StageName Name => Stages.ExportClip;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [Stages.ExportFrames];

    /// <summary>No task where no format has files of the clip.</summary>
    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => Exporters(context.Options).Count == 0 ? [] : [new PlannedTask("clip")];

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        var scene = await Task.Run(() => ExportScene.Open(context.Inputs, context.Options), cancellation).ConfigureAwait(false);
        var exporters = Exporters(context.Options);
        for (var i = 0; i < exporters.Count; i++)
        {
            var exporter = exporters[i];
            var folder = Directory.CreateDirectory(context.Output(exporter.Format)).FullName;
            var progress = new Named(context.Progress, exporter.Format).Part((double)i / exporters.Count, 1.0 / exporters.Count);
            await Task.Run(() => exporter.WriteClipAsync(scene, folder, progress, cancellation), cancellation).ConfigureAwait(false);
        }
    }

    private static List<IClipExporter> Exporters(DepthOptions options) =>
        options.Export is { } export ? [.. ExportFormats.Of(export).OfType<IClipExporter>()] : [];

    private sealed class Named(IProgress<StageProgress> all, string format) : IProgress<double>
    {
        public void Report(double value) => all.Report(new StageProgress(value, format));
    }
}
