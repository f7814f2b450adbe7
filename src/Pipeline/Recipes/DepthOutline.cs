using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>
/// The graph of recipe <c>depth</c> for a seed, which has none of the stages' code. A test holds it against the stages of the roles.
/// </summary>
public static class DepthOutline
{
    public static Recipe Build(string name) => new(name,
    [
        Of(Stages.Frames, WorkerPool.PreprocessCpu),
        Of(Stages.Flow, WorkerPool.PreprocessGpu, Stages.Frames),
        Of(Stages.Masks, WorkerPool.PreprocessGpu, Stages.Frames, Stages.Flow),
        Of(Stages.Lens, WorkerPool.PreprocessCpu, Stages.Frames, Stages.Flow, Stages.Masks),
        Of(Stages.Cameras, WorkerPool.PreprocessCpu, Stages.Frames, Stages.Flow, Stages.Masks, Stages.Lens),
        Of(Stages.Prior, WorkerPool.PreprocessGpu, Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras),
        Of(Stages.Sequence, WorkerPool.PreprocessCpu, Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras, Stages.Prior),
        Of(Stages.Train, WorkerPool.Trainer, Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras, Stages.Prior, Stages.Sequence),
        Of(Stages.Align, WorkerPool.Render, Stages.Frames, Stages.Masks, Stages.Cameras, Stages.Prior, Stages.Sequence, Stages.Train),
        Of(Stages.Merge, WorkerPool.Render, Stages.Frames, Stages.Prior, Stages.Train, Stages.Align),
        Of(Stages.Depth, WorkerPool.Render, Stages.Frames, Stages.Prior, Stages.Sequence, Stages.Train, Stages.Merge),
        Of(Stages.PointCloud, WorkerPool.Render, Stages.Frames, Stages.Sequence, Stages.Train, Stages.Merge, Stages.Depth),
        Of(Stages.Encode, WorkerPool.Render, Stages.Frames, Stages.Depth, Stages.PointCloud),
    ]);

    private static StageOutline Of(StageName name, WorkerPool pool, params StageName[] after) => new(name, pool, after);
}
