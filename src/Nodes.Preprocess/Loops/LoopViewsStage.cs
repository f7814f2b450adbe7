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

    /// <exception cref="Depth3DException">The source holds no clips, or they do not fit together.</exception>
    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        if (context.Options.Loop!.Input == LoopInputs.Run) return [];
        var clips = LoopClips.Of(context.Options);
        LoopClips.CheckAlike(clips, context.Options.Frames);
        return [.. clips.Select(clip => new PlannedTask(Path.GetFileName(Path.TrimEndingDirectorySeparator(clip))))];
    }

    /// <exception cref="Depth3DException">A clip cannot be read, is too short, shows nothing, or its camera moves.</exception>
    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() =>
    {
        var clips = LoopClips.Of(context.Options);
        var view = context.Id.TaskIndex;
        if (view >= clips.Count)
            throw new Depth3DException($"the folder has {clips.Count} clips, it had at least {view + 1} when the loop was begun", context.Options.SourcePath, "leave it alone until the loop is finished");
        new LoopViewTake(context, clips[view], view, cancellation).Run();
    }, cancellation);
}
