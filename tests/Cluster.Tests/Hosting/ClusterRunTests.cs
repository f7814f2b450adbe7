using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;

namespace Depth3D.Cluster.Tests.Hosting;

public sealed class ClusterRunTests
{
    [SkippableFact]
    public async Task A_clip_runs_through_a_seed_and_workers_of_one_role_each()
    {
        await using var bench = await ClusterBench.StartAsync();
        var seed = await bench.StartSeedAsync("seed-1");
        foreach (var role in new[] { "preprocess", "trainer", "render" }) await bench.StartWorkerAsync(role, null, [role]);
        await ClusterBench.UntilAsync(() => seed.Health.IsActive, "the seed to be active");
        await bench.SubmitAsync(seed, "toy");
        Assert.Equal(ClipPhase.Completed, await bench.EndAsync("toy"));
        Assert.Equal(ToyRecipe.TaskCount * 2, (await bench.AuditAsync("toy")).Count);
    }
}
