using System.Globalization;
using Depth3D.Cluster.TestHost;
using Depth3D.Cluster.Tests.Embedded;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Kill;

/// <summary>SIGKILL at chosen places of an embedded run, then the same command again.</summary>
public sealed class KillTests
{
    /// <summary>Each run is killed when an attempt reaches the place for the n-th time, so every run gets a little further.</summary>
    private static readonly (AttemptPoint Point, int Number)[] Kills =
    [
        (AttemptPoint.Claimed, 1), (AttemptPoint.Published, 1), (AttemptPoint.Computed, 3), (AttemptPoint.Reported, 2),
        (AttemptPoint.Published, 3), (AttemptPoint.Claimed, 3), (AttemptPoint.Published, 2), (AttemptPoint.Computed, 1),
    ];

    [Fact]
    public async Task A_run_killed_again_and_again_ends_with_the_same_files_and_redoes_nothing_accepted()
    {
        using var undisturbed = new EngineBench();
        await using (var engine = await undisturbed.StartAsync(ToyRecipe.Stages())) Assert.True((await undisturbed.RunAsync(engine)).IsCompleted);
        var expected = await Audit.CheckAsync(undisturbed.Store, EngineBench.Clip);

        using var bench = new EngineBench();
        var computed = 0;
        foreach (var (point, number) in Kills)
        {
            using var victim = new HostProcess(bench.Store, bench.Source, point.ToString(), $"{number}");
            var lines = await victim.ToEndAsync();
            Assert.True(victim.ExitCode == 128 + 9, $"not killed at {point} {number}: {string.Join(" | ", lines)}");
            computed += lines.Count(l => l.StartsWith("computed", StringComparison.Ordinal));
        }

        using var last = new HostProcess(bench.Store, bench.Source);
        var said = await last.ToEndAsync();
        computed += said.Count(l => l.StartsWith("computed", StringComparison.Ordinal));
        Assert.Equal("outcome Resumed", said[0]);
        Assert.StartsWith("ended Completed", said[^1], StringComparison.Ordinal);

        Assert.Equal(expected, await Audit.CheckAsync(bench.Store, EngineBench.Clip));

        // Two slots run at once at most, so a kill costs at most the two attempts in hand.
        Assert.InRange(computed, ToyRecipe.TaskCount, ToyRecipe.TaskCount + 2 * Kills.Length);
    }

    [Fact]
    public async Task A_second_process_on_a_store_is_refused_and_told_whose_it_is_until_the_first_dies()
    {
        using var bench = new EngineBench();
        using var first = new HostProcess(bench.Store, bench.Source, "block", "3");
        var child = int.Parse((await first.UntilAsync("blocked")).Single(l => l.StartsWith("child ", StringComparison.Ordinal))[6..], CultureInfo.InvariantCulture);

        using var second = new HostProcess(bench.Store, bench.Source);
        var said = await second.ToEndAsync();
        Assert.Equal((int)ExitCode.Storage, second.ExitCode);
        Assert.Contains(said, l => l.Contains($"in use by process {first.Id}", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<Depth3DException>(() => bench.StartAsync(ToyRecipe.Stages()));
        Assert.Contains($"{first.Id}", error.Message, StringComparison.Ordinal);

        first.Kill();
        await first.ToEndAsync();
        Assert.True(IsAlive(child));
        await using (var engine = await bench.StartAsync(ToyRecipe.Stages())) Assert.True((await bench.RunAsync(engine)).IsCompleted);
        await Audit.CheckAsync(bench.Store, EngineBench.Clip);
        Assert.False(IsAlive(child), "the program a killed run left behind still runs");
    }

    /// <summary>A killed process stays in the table until its parent, here init, has asked for it.</summary>
    private static bool IsAlive(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }

    [Fact]
    public async Task What_a_kill_between_rename_and_report_left_behind_is_found_and_collected()
    {
        using var bench = new EngineBench();
        using (var victim = new HostProcess(bench.Store, bench.Source, "Published", "1")) await victim.ToEndAsync();

        await using var engine = await bench.StartAsync(ToyRecipe.Stages());
        var orphan = Assert.Single(await engine.CollectAsync(EngineBench.Clip, dryRun: true, CancellationToken.None));
        Assert.EndsWith(Path.Combine("cut", "000", "e1"), orphan.Path, StringComparison.Ordinal);
        Assert.True(orphan.Bytes > 0);
        Assert.True(Directory.Exists(orphan.Path));

        Assert.True((await bench.RunAsync(engine)).IsCompleted);
        await engine.CollectAsync(EngineBench.Clip, dryRun: false, CancellationToken.None);
        Assert.False(Directory.Exists(orphan.Path));
        Assert.Empty(await engine.VerifyAsync(EngineBench.Clip, CancellationToken.None));
    }
}
