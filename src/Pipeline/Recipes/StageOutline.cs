using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>A stage as a coordinator needs it: its place in the graph without the code, which only the role has that runs it.</summary>
public sealed class StageOutline(StageName name, WorkerPool pool, IReadOnlyList<StageName> after) : IStage
{
    public StageName Name => name;

    public WorkerPool Pool => pool;

    public IReadOnlyList<StageName> After => after;

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => throw NotHere();

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => throw NotHere();

    private Depth3DException NotHere() => new($"this process does not have the code of stage '{name}'", remedy: $"start a node of pool {pool}", kind: FailureKind.Transient);
}
