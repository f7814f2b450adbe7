using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Nodes.Preprocess.Loops;

/// <summary>Stage <c>loop-cameras</c>: cameras, planes, and what is chosen from the clips.</summary>
internal sealed class LoopCamerasStage : IStage
{
    public StageName Name => LoopStages.Cameras;

    public WorkerPool Pool => WorkerPool.PreprocessCpu;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Views, LoopStages.Steady];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("cameras and planes")];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() => RunAsync(context, cancellation), cancellation);

    private async Task RunAsync(StageContext context, CancellationToken cancellation)
    {
        switch (context.Options.Loop!.Input)
        {
            case LoopInputs.Fixed:
                new FixedLoopCameras(context).Run(cancellation);
                break;
            case LoopInputs.Views:
                StageJson.Write(context.Output(LoopArtifacts.Cameras), await new ViewCameras(context, cancellation).SolveAsync().ConfigureAwait(false));
                break;
            default:
                new RunLoopCameras(context).Run();
                break;
        }

        context.Progress.Report(new StageProgress(1));
    }
}
