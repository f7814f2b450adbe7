using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Effects;

/// <summary>Stage <c>effect-prepare</c>: what every frame of an effect needs and only the whole clip shows. One task.</summary>
internal sealed class EffectPrepareStage : IStage
{
    public StageName Name => Stages.EffectPrepare;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After => RecipeGraphs.EffectImports;

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("whole clip")];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() =>
    {
        var scene = RunScene.Open(context.Inputs);
        var file = context.Output(Artifacts.EffectPrepared);
        var kept = EffectOptions.Open(context.Options).Prepare(scene, file, new Share(context), cancellation);
        if (!kept) File.Delete(file);
    }, cancellation);

    /// <summary>An effect reports from any thread and may repeat itself; a stage's progress does not fall.</summary>
    private sealed class Share(StageContext context) : IProgress<double>
    {
        private readonly Lock _gate = new();
        private double _last;

        public void Report(double value)
        {
            lock (_gate)
            {
                if (!(value > _last)) return;
                context.Progress.Report(new StageProgress(_last = Math.Min(1, value), "the clip as a whole"));
            }
        }
    }
}
