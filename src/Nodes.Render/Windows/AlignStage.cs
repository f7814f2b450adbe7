using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;

namespace Depth3D.Nodes.Render.Windows;

/// <summary>
/// Stage <c>align</c>: where the windows of a long clip lie in it, how well they meet, and the clip's own cameras and summaries. One task, which
/// reads the frames that windows share; none for a clip that is one window.
/// </summary>
internal sealed class AlignStage : IStage
{
    public StageName Name => Stages.Align;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames, Stages.Masks, Stages.Cameras, Stages.Prior, Stages.Sequence, Stages.Train];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) =>
        ClipWindows.Read(context.Inputs) is { } windows ? [new PlannedTask($"join {windows.Items.Count} windows")] : [];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() => Run(context, cancellation), cancellation);

    private static void Run(StageContext context, CancellationToken cancellation)
    {
        var windows = ClipWindows.Read(context.Inputs)
            ?? throw new Depth3DException($"task {context.Id} is for a clip with windows, and this one has none", kind: FailureKind.Storage);
        var results = windows.Items.Select(w => new WindowResults(context.Inputs, w)).ToArray();
        var shared = context.Inputs.Exists(Stages.Cameras, Artifacts.Cameras);
        var alignments = new WindowAligner(windows, results, shared).Find(
            done => context.Progress.Report(new StageProgress(0.95 * done, "joining windows")), cancellation);
        StageJson.Write(context.Output(Artifacts.Alignment), alignments);
        var summary = new ClipSummary(windows, results, alignments);
        var cameras = summary.Cameras();
        cameras.Save(context.Output(Artifacts.ScaledCameras));
        if (!shared) cameras.Save(context.Output(Artifacts.Cameras));
        StageJson.Write(context.Output(Artifacts.TrainIndex), summary.Train());
        StageJson.Write(context.Output(Artifacts.Sequence), summary.Sequence());
        if (!context.Inputs.Exists(Stages.Prior, Artifacts.PriorIndex)) StageJson.Write(context.Output(Artifacts.PriorIndex), summary.Prior());
        if (!context.Inputs.Exists(Stages.Masks, Artifacts.MasksIndex)) StageJson.Write(context.Output(Artifacts.MasksIndex), summary.Masks());
        context.Progress.Report(new StageProgress(1, summary.Verdict));
    }
}
