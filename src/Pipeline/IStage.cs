using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>
/// One stage of a recipe: typed inputs and options in, artifacts out. Instances are shared between tasks and threads, so they
/// hold no state of a task. The same inputs, options and seed leave the same files.
/// </summary>
public interface IStage
{
    StageName Name { get; }

    WorkerPool Pool { get; }

    /// <summary>Stages whose every task must be accepted before this one is planned.</summary>
    IReadOnlyList<StageName> After { get; }

    /// <summary>Splits the work into tasks; called once per clip when every stage in <see cref="After"/> is complete.</summary>
    IReadOnlyList<PlannedTask> Plan(StagePlanContext context);

    /// <summary>Runs one task and leaves its files in <see cref="StageContext.OutputFolder"/>.</summary>
    /// <exception cref="Depth3DException">
    /// The reason in words; its kind says whether another attempt makes sense. <see cref="FailureKind.OutOfMemory"/> means that the stage has tried
    /// everything smaller; a plain <see cref="OutOfMemoryException"/> lets it be tried again one <see cref="StageContext.Rung"/> further.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task ExecuteAsync(StageContext context, CancellationToken cancellation);
}
