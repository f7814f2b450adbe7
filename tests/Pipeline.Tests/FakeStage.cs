using Depth3D.Messages;

namespace Depth3D.Pipeline.Tests;

/// <summary>A stage with a name and inputs, for graph tests.</summary>
internal sealed class FakeStage(string name, params string[] after) : IStage
{
    public StageName Name => name;

    public WorkerPool Pool => WorkerPool.PreprocessCpu;

    public IReadOnlyList<StageName> After => after.Select(a => new StageName(a)).ToArray();

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.CompletedTask;
}
