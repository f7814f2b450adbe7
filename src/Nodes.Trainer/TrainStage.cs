using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>
/// Stage <c>train</c>: the joint optimisation of depth and scene flow, as a chain of chunks from checkpoint to checkpoint. The last chunk
/// writes the optimised depth of every frame.
/// </summary>
public sealed class TrainStage : IStage
{
    public StageName Name => Stages.Train;

    public WorkerPool Pool => WorkerPool.Trainer;

    public IReadOnlyList<StageName> After { get; } =
        [Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras, Stages.Prior, Stages.Sequence];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        var plan = Chunks(context.Options, context.Inputs);
        return [.. Enumerable.Range(0, plan.Chunks).Select(k =>
        {
            var (first, end) = plan.Steps(k);
            return new PlannedTask(string.Create(CultureInfo.InvariantCulture, $"steps {first}-{end - 1}"), AfterPrevious: k > 0);
        })];
    }

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        TrainProfile.Method(context.Options, 1);
        if (PassesThrough(context)) return;
        var clip = await Task.Run(() => TrainClip.Load(context, cancellation), cancellation).ConfigureAwait(false);
        context.Progress.Report(new StageProgress(TrainChunk.LoadShare, "loaded"));
        await TorchThread.Run(() =>
        {
            new TrainChunk(context, clip, cancellation).Run();
            return true;
        }, clip.Method.Threads).ConfigureAwait(false);
        context.Progress.Report(new StageProgress(1));
    }

    /// <summary>After an early stop there is nothing to load, except for the last chunk, which writes the result.</summary>
    private static bool PassesThrough(StageContext context)
    {
        var chunk = context.Id.TaskIndex;
        if (chunk == 0 || chunk == Chunks(context.Options, context.Inputs).Chunks - 1) return false;
        var before = new ChunkFiles(context).Progress(chunk - 1);
        if (!before.Stopped) return false;
        StageJson.Write(context.Output(Artifacts.TrainProgress(chunk)), before);
        context.Progress.Report(new StageProgress(1, "stopped early"));
        return true;
    }

    private static ChunkPlan Chunks(DepthOptions options, IArtifactReader inputs)
    {
        var frames = StageJson.Read<FramesInfo>(inputs.PathOf(Stages.Frames, Artifacts.FramesIndex)).Count;
        return new ChunkPlan(TrainProfile.Method(options, frames).TotalSteps, options.Train.ChunkSteps);
    }
}
