using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;

namespace Depth3D.Cluster.Tests.Embedded;

public sealed class RunTests
{
    [Fact]
    public async Task A_clip_runs_through_every_stage_of_its_graph()
    {
        using var bench = new EngineBench();
        await using var engine = await bench.StartAsync(ToyRecipe.Stages());

        var result = await bench.RunAsync(engine);

        Assert.Equal(ClipPhase.Completed, result.Phase);
        Assert.Equal(ToyRecipe.TaskCount, result.Timings.Count);
        Assert.All(result.Timings, t => Assert.Equal("done", t.Outcome));
        var reader = await engine.ReaderAsync(EngineBench.Clip, CancellationToken.None);
        Assert.Equal(8, reader.List("left").Count);
        Assert.True(File.Exists(reader.PathOf("join", "join_001.txt")));
        Assert.Empty(await engine.VerifyAsync(EngineBench.Clip, CancellationToken.None));
        Assert.Empty(await engine.CollectAsync(EngineBench.Clip, dryRun: true, CancellationToken.None));
    }
}
