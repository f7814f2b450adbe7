using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>A stage of a graph that is known by name only, for a seed that is a process of its own.</summary>
internal sealed record GraphStage(StageName Name, WorkerPool Pool, IReadOnlyList<StageName> After) : IStage
{
    public static IStage Of(StageName name, WorkerPool pool, params StageName[] after) => new GraphStage(name, pool, after);

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => throw HasNoCode();

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => throw HasNoCode();

    private Depth3DException HasNoCode() =>
        new("this process knows the stage by name only", $"stage {Name}", "start a node of the stage's role", FailureKind.Usage);
}
