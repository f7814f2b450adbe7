using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Masks;

/// <summary>Stage <c>masks</c>: marks what moves by itself, 255 in an 8-bit picture per frame, by the method the options name.</summary>
internal sealed class MasksStage : IStage
{
    public StageName Name => Stages.Masks;

    public WorkerPool Pool => WorkerPool.PreprocessGpu;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames, Stages.Flow];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) =>
        MaskMethods.Resolve(context.Options.Masks.Method).Plan(context, ClipInputs.Frames(context.Inputs));

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) =>
        MaskMethods.Resolve(context.Options.Masks.Method).ExecuteAsync(context, ClipInputs.Frames(context.Inputs), cancellation);
}
