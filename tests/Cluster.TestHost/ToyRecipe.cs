using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.TestHost;

/// <summary>A graph with all that a real one has: a fan-out, two branches, a chain, a join, a stage without tasks.</summary>
public static class ToyRecipe
{
    public static IReadOnlyList<IStage> Stages(Func<StageContext, CancellationToken, Task>? hook = null) =>
    [
        new ToyStage("cut", 1, [], hook: hook),
        new ToyStage("left", 4, [Name("cut")], hook: hook),
        new ToyStage("right", 3, [Name("cut")], pool: WorkerPool.Render, hook: hook),
        new ToyStage("empty", 0, [Name("right")]),
        new ToyStage("learn", 4, [Name("left"), Name("empty")], chain: true, pool: WorkerPool.Trainer, hook: hook),
        new ToyStage("join", 2, [Name("learn"), Name("right")], pool: WorkerPool.Render, hook: hook),
    ];

    /// <summary>Tasks of the whole recipe.</summary>
    public const int TaskCount = 1 + 4 + 3 + 0 + 4 + 2;

    private static StageName Name(string name) => name;
}
