using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>
/// The graph of recipe <c>depth</c> without the stages' code, for a seed that is a process of its own: it decides what comes after what,
/// nodes do the rest. A test compares it with the stages of the roles.
/// </summary>
public static class DepthGraph
{
    public static Recipe Recipe { get; } = new("depth",
    [
        Node(Stages.Frames, WorkerPool.PreprocessCpu),
        Node(Stages.Flow, WorkerPool.PreprocessGpu, Stages.Frames),
        Node(Stages.Masks, WorkerPool.PreprocessGpu, Stages.Frames, Stages.Flow),
        Node(Stages.Lens, WorkerPool.PreprocessCpu, Stages.Frames, Stages.Flow, Stages.Masks),
        Node(Stages.Cameras, WorkerPool.PreprocessCpu, Stages.Frames, Stages.Flow, Stages.Masks, Stages.Lens),
        Node(Stages.Prior, WorkerPool.PreprocessGpu, Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras),
        Node(Stages.Sequence, WorkerPool.PreprocessCpu, Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras, Stages.Prior),
        Node(Stages.Train, WorkerPool.Trainer, Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras, Stages.Prior, Stages.Sequence),
        Node(Stages.Align, WorkerPool.Render, Stages.Frames, Stages.Masks, Stages.Cameras, Stages.Prior, Stages.Sequence, Stages.Train),
        Node(Stages.Merge, WorkerPool.Render, Stages.Frames, Stages.Prior, Stages.Train, Stages.Align),
        Node(Stages.Depth, WorkerPool.Render, Stages.Frames, Stages.Prior, Stages.Sequence, Stages.Train, Stages.Merge),
        Node(Stages.PointCloud, WorkerPool.Render, Stages.Frames, Stages.Sequence, Stages.Train, Stages.Merge, Stages.Depth),
        Node(Stages.Encode, WorkerPool.Render, Stages.Frames, Stages.Depth, Stages.PointCloud),
    ]);

    private static DescribedStage Node(StageName name, WorkerPool pool, params StageName[] after) => new(name, pool, after);

    private sealed record DescribedStage(StageName Name, WorkerPool Pool, IReadOnlyList<StageName> After) : IStage
    {
        public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => throw HasNoCode();

        public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => throw HasNoCode();

        private Depth3DException HasNoCode() =>
            new("this process knows the stage by name only", $"stage {Name}", "start a node of the stage's role", FailureKind.Usage);
    }
}
