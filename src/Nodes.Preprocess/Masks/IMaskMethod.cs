using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Masks;

/// <summary>
/// One way to make the masks of a clip. Its tasks together leave <see cref="Artifacts.Mask"/> for every frame and, from exactly one of
/// them, <see cref="Artifacts.MasksIndex"/>. Instances hold no state of a task.
/// </summary>
internal interface IMaskMethod
{
    IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames);

    Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation);
}
