namespace Depth3D.Cli.Tests.Nodes;

/// <summary>A loop of a clip that the cluster finished before, as a user asks for it, against that of the same run on one machine.</summary>
public sealed class ClusterRunLoopTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-cluster-run-loop-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_finished_clip_becomes_the_loop_that_its_run_becomes_here()
    {
        var truth = Path.Combine(_root, "truth");
        Ok(await CliProcess.RunAsync("sample", "render", "--scene", "near-static", "--frames", "16", "--size", "128x72", "--out", truth));
        var images = Path.Combine(truth, "images");
        string[] recipe = ["--cameras", "file:" + Path.Combine(truth, "cameras.json"), "--train-size", "128", "--steps", "4", "--warmup-steps", "2"];
        string[] options = ["--loop-frames", "8", "--when-not-loopable", "ping-pong", "--loop-epochs", "1"];

        await using var cluster = await NodeCluster.StartAsync(_root);
        Ok(await cluster.FirstAsync(["clip", "submit", "shot", images, .. recipe, "--wait"]), cluster);
        var there = Path.Combine(_root, "there");
        Ok(await cluster.CliAsync(["loop", "--clip", "shot", .. options, "--out", there]), cluster);

        var run = Path.Combine(_root, "run");
        Ok(await CliProcess.RunAsync(["run", "--out", run, .. recipe, "--", images]));
        Ok(await CliProcess.RunAsync(["loop", run, .. options]));
        Assert.Equal(TinyLoop.Hashes(Path.Combine(run, "loop")), TinyLoop.Hashes(there));
    }

    private static void Ok(Native.ProcessResult result, NodeCluster? cluster = null) => Assert.True(result.ExitCode == 0, result.OutputTail + cluster?.Said);
}
