using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary>Stage <c>prior</c>: the first depth of every frame at working size, by the method the options name.</summary>
internal sealed class PriorStage : IStage
{
    public StageName Name => Stages.Prior;

    public WorkerPool Pool => WorkerPool.PreprocessGpu;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) =>
        PriorMethods.Resolve(context.Options.Prior.Method, context.Inputs).Plan(context, ClipInputs.Frames(context.Inputs));

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) =>
        PriorMethods.Resolve(context.Options.Prior.Method, context.Inputs)
            .ExecuteAsync(context, ClipInputs.Frames(context.Inputs), cancellation);
}
