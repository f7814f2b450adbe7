using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary>
/// One way to make the first depth of every frame. Its tasks together leave <see cref="Artifacts.Prior"/> for every frame and, from
/// exactly one of them, <see cref="Artifacts.PriorIndex"/>. Instances hold no state of a task.
/// </summary>
internal interface IPriorMethod
{
    IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames);

    Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation);
}
