using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>Stage <c>loop-steady</c>: the frames of a finished run as the reference camera would have seen them.</summary>
internal sealed class LoopSteadyStage : IStage
{
    public StageName Name => LoopStages.Steady;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After => RecipeGraphs.EffectImports;

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => context.Options.Loop!.Input == LoopInputs.Run ? [new PlannedTask("reference view")] : [];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() =>
    {
        new SteadyRun(context, cancellation).Run();
        context.Progress.Report(new StageProgress(1));
    }, cancellation);
}
