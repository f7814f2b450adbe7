using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>
/// The graph of recipe <c>depth</c> without the stages' code; see <see cref="RecipeGraphs"/>.
/// </summary>
public static class DepthGraph
{
    public static Recipe Recipe { get; } = new(RecipeNames.Depth,
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

    private static IStage Node(StageName name, WorkerPool pool, params StageName[] after) => GraphStage.Of(name, pool, after);
}
