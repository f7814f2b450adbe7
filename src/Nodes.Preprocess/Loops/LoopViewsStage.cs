using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Nodes.Preprocess.Loops;

/// <summary>Stage <c>loop-views</c>: the clips of the source, one task each, steadied, with what of them can loop.</summary>
internal sealed class LoopViewsStage : IStage
{
    public StageName Name => LoopStages.Views;

    public WorkerPool Pool => WorkerPool.PreprocessCpu;

    public IReadOnlyList<StageName> After => [];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => context.Options.Loop!.Input == LoopInputs.Run ? [] : [new PlannedTask("clip")];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => throw new Depth3DException("is not built yet", $"stage {Name}", kind: FailureKind.Usage);
}
