namespace Depth3D.Cli.Tests.Nodes;

/// <summary>A loop made by a cluster, as a user asks for it, against the same on one machine.</summary>
public sealed class ClusterLoopTests(TinyLoop loop) : IClassFixture<TinyLoop>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-cluster-loop-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_the_cluster_makes_has_the_bytes_of_what_is_made_here()
    {
        await using var cluster = await NodeCluster.StartAsync(_root);
        var there = Path.Combine(_root, "there");
        var sent = await cluster.FirstAsync(Order("flag", there));
        Assert.True(sent.ExitCode == 0, sent.OutputTail + cluster.Said);
        Assert.Equal(await HereAsync(), TinyLoop.Hashes(there));
    }

    [Fact]
    public async Task A_worker_killed_while_it_optimises_changes_no_byte()
    {
        await using var cluster = await NodeCluster.StartAsync(_root);
        var there = Path.Combine(_root, "there");
        var order = cluster.FirstAsync(Order("flag", there));
        await ReachAsync(cluster, "checkpoint_000.safetensors", order);
        await cluster.KillWorkerAsync();
        Assert.False(order.IsCompleted, "the loop was done before its worker was killed");
        cluster.StartWorker();
        var made = await order;
        Assert.True(made.ExitCode == 0, made.OutputTail + cluster.Said);
        Assert.Equal(await HereAsync(), TinyLoop.Hashes(there));
    }

    private string[] Order(string clip, string folder) => ["loop", loop.Clip, .. loop.Options, "--clip", clip, "--out", folder];

    private async Task<SortedDictionary<string, string>> HereAsync()
    {
        var here = Path.Combine(_root, "here");
        var made = await CliProcess.RunAsync(["loop", loop.Clip, .. loop.Options, "--out", here]);
        Assert.True(made.ExitCode == 0, made.OutputTail);
        return TinyLoop.Hashes(here);
    }

    /// <summary>Waits until a worker has published a file of this name.</summary>
    private static async Task ReachAsync(NodeCluster cluster, string file, Task order)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!order.IsCompleted && !Directory.EnumerateFiles(cluster.Store, file, SearchOption.AllDirectories).Any()) await timer.WaitForNextTickAsync(limit.Token);
    }
}
