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
        var (here, there) = (Path.Combine(_root, "here"), Path.Combine(_root, "there"));
        string[] order = ["loop", loop.Clip, .. loop.Options, "--clip", "flag", "--out", there];
        var sent = await cluster.FirstAsync(order);
        Assert.True(sent.ExitCode == 0, sent.OutputTail + cluster.Said);
        var made = await CliProcess.RunAsync(["loop", loop.Clip, .. loop.Options, "--out", here]);
        Assert.True(made.ExitCode == 0, made.OutputTail);
        Assert.Equal(TinyLoop.Hashes(here), TinyLoop.Hashes(there));
    }
}
