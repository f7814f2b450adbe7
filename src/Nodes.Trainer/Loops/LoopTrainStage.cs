using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>Stage <c>loop-train</c>: the looping loss, coarse to fine, as a chain of chunks.</summary>
internal sealed class LoopTrainStage : IStage
{
    public StageName Name => LoopStages.Train;

    public WorkerPool Pool => WorkerPool.Trainer;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Scene];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        if (LoopTrainInputs.LeftAsItIs(context.Options, context.Inputs) is not null) return [new PlannedTask("as it is")];
        var plan = LoopTrainInputs.Plan(context.Options, context.Inputs);
        return [.. Enumerable.Range(0, plan.Count).Select(n => new PlannedTask(
            string.Create(CultureInfo.InvariantCulture, $"level {plan[n].Level + 1}, iterations {plan[n].First}-{plan[n].End - 1}"), AfterPrevious: n > 0))];
    }

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        try
        {
            await TorchThread.Run(() =>
            {
                if (LoopTrainInputs.LeftAsItIs(context.Options, context.Inputs) is { } reason) PassOn(context, reason);
                else Train(context, cancellation);
                return true;
            }, LoopTrainProfile.Threads(context.Options)).ConfigureAwait(false);
        }
        finally
        {
            // Tables of distances and footage are large and dead now; left to itself the collector lets the next chunk's come on top of them.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        context.Progress.Report(new StageProgress(1));
    }

    private static void Train(StageContext context, CancellationToken cancellation)
    {
        var inputs = LoopTrainInputs.Load(context, cancellation);
        context.Progress.Report(new StageProgress(LoopTrainChunk.LoadShare, "loaded"));
        new LoopTrainChunk(context, inputs, LoopTrainInputs.Plan(context.Options, context.Inputs), cancellation).Run();
    }

    private static void PassOn(StageContext context, string reason)
    {
        File.Copy(context.Inputs.PathOf(LoopStages.Scene, LoopArtifacts.Scene), context.Output(LoopArtifacts.Loop));
        StageJson.Write(context.Output(LoopArtifacts.TrainIndex), new LoopTrainInfo
        {
            Iterations = 0,
            DeviationRatios = [],
            Choices = [new LoopChoice("stage 2", "left out", reason)],
        });
    }
}
