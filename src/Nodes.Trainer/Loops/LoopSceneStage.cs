using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>Stage <c>loop-scene</c>: the still scene, and which of its tiles are kept.</summary>
internal sealed class LoopSceneStage : IStage
{
    public StageName Name => LoopStages.Scene;

    public WorkerPool Pool => WorkerPool.Trainer;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Cameras];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        if (context.Options.Loop!.Input != LoopInputs.Views) return [new PlannedTask("scene")];
        var cameras = StageJson.Read<LoopCameras>(context.Inputs.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras));
        var plan = ViewSceneSettings.Plan(context.Options, ViewSceneSettings.Of(context.Options, cameras));
        return [.. Enumerable.Range(0, plan.Chunks).Select(k =>
        {
            var (first, end) = plan.Steps(k);
            return new PlannedTask(string.Create(CultureInfo.InvariantCulture, $"steps {first}-{end - 1}"), AfterPrevious: k > 0);
        })];
    }

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        if (context.Options.Loop!.Input != LoopInputs.Views)
        {
            await Task.Run(() => new SingleLoopScene(context).Run(cancellation), cancellation).ConfigureAwait(false);
            return;
        }

        await TorchThread.Run(() =>
        {
            new ViewSceneChunk(context, cancellation).Run();
            return true;
        }, context.Options.Train.Threads).ConfigureAwait(false);
        context.Progress.Report(new StageProgress(1));
    }
}
