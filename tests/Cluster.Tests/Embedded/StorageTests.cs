using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Embedded;

public sealed class StorageTests
{
    [Fact]
    public async Task An_output_folder_that_is_a_file_is_refused()
    {
        using var bench = new EngineBench();
        var error = await Assert.ThrowsAsync<Depth3DException>(() => bench.StartAsync(ToyRecipe.Stages(), bench.EngineOptions with { StoreRoot = bench.Source }));
        Assert.Equal(ExitCode.Storage, error.ExitCode);
        Assert.Equal("frames", File.ReadAllText(bench.Source));
    }

    [Fact]
    public async Task A_stage_that_meets_a_full_disk_leaves_nothing_half_written_and_resumes()
    {
        using var bench = new EngineBench();
        await using (var engine = await bench.StartAsync(ToyRecipe.Stages((context, _) =>
        {
            if (context.Id.Stage != "right") return Task.CompletedTask;
            File.WriteAllText(context.Output("half.bin"), "half");
            throw new IOException("No space left on device", 28);
        })))
        {
            var result = await bench.RunAsync(engine);
            Assert.Equal((ClipPhase.Failed, ExitCode.Storage), (result.Phase, result.ExitCode));
            Assert.Contains("no space left", result.Failure!.Text, StringComparison.Ordinal);
            Assert.Empty((await engine.ReaderAsync(EngineBench.Clip, CancellationToken.None)).List("right"));
        }

        await Audit.CheckAsync(bench.Store, EngineBench.Clip, ClipPhase.Failed);
        Assert.Empty(Directory.EnumerateFiles(bench.Store, "half.bin", SearchOption.AllDirectories));
        await using (var engine = await bench.StartAsync(ToyRecipe.Stages())) Assert.True((await bench.RunAsync(engine)).IsCompleted);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_ends_the_run_with_a_clear_error_and_resumes()
    {
        using var bench = new EngineBench();
        var options = bench.EngineOptions with
        {
            WrapJournal = inner => new FullJournal(inner, appends: 9),
            Worker = new() { RetryReport = TimeSpan.FromMilliseconds(1), MaxClaims = 2 },
        };
        var engine = await bench.StartAsync(ToyRecipe.Stages(), options);
        var error = await Assert.ThrowsAsync<Depth3DException>(() => bench.RunAsync(engine));
        Assert.Equal(ExitCode.Storage, error.ExitCode);
        await engine.DisposeAsync().AsTask().Within("the engine to stop");

        await using (var again = await bench.StartAsync(ToyRecipe.Stages())) Assert.True((await bench.RunAsync(again)).IsCompleted);
        await Audit.CheckAsync(bench.Store, EngineBench.Clip);
    }

    [SkippableFact]
    public async Task A_disk_that_is_really_full_then_read_only_then_fine()
    {
        using var folder = new TempFolder();
        using var disk = SmallDisk.Mount(folder.At("disk"));
        Skip.If(disk is null, "mounting needs privileges");
        using var bench = new EngineBench();
        var options = bench.EngineOptions with { StoreRoot = Path.Combine(folder.At("disk"), "store") };
        await using (var engine = await bench.StartAsync(ToyRecipe.Stages((context, cancellation) =>
            context.Id.Stage == "right" ? File.WriteAllBytesAsync(context.Output("big.bin"), new byte[64 << 20], cancellation) : Task.CompletedTask), options))
        {
            Assert.Equal(ExitCode.Storage, await EndOfAsync(bench, engine));
        }

        Skip.If(SmallDisk.Run("mount", "-o", "remount,ro", folder.At("disk")) != 0, "the disk is busy");
        Assert.Equal(FailureKind.Storage, (await Assert.ThrowsAsync<Depth3DException>(() => bench.StartAsync(ToyRecipe.Stages(), options))).Kind);
        SmallDisk.Run("mount", "-o", "remount,rw", folder.At("disk"));
        await using (var engine = await bench.StartAsync(ToyRecipe.Stages(), options)) Assert.True((await bench.RunAsync(engine)).IsCompleted);
        await Audit.CheckAsync(options.StoreRoot, EngineBench.Clip);
    }

    /// <summary>The journal lies on the same disk, so the task that fills it and the journal race for who meets the end of it first.</summary>
    private static async Task<ExitCode> EndOfAsync(EngineBench bench, EmbeddedEngine engine)
    {
        try
        {
            return (await bench.RunAsync(engine)).ExitCode;
        }
        catch (Depth3DException e)
        {
            return e.ExitCode;
        }
    }

    private sealed class FullJournal(IJournal inner, int appends) : JournalWrapper(inner)
    {
        private int _left = appends;

        public override Task<long> AppendAsync(ShardOwner owner, ClipId clip, long expectedSequence, IReadOnlyList<ClipEvent> events, ClipSummary summary,
            CancellationToken cancellation) => Interlocked.Decrement(ref _left) >= 0
            ? base.AppendAsync(owner, clip, expectedSequence, events, summary, cancellation)
            : throw new Depth3DException("database or disk is full", kind: FailureKind.Storage);

    }

    /// <summary>A file system of a few MiB in memory.</summary>
    private sealed class SmallDisk(string path) : IDisposable
    {
        public static SmallDisk? Mount(string path)
        {
            Directory.CreateDirectory(path);
            return Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path) == 0 ? new SmallDisk(path) : null;
        }

        public static int Run(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
                process.WaitForExit();
                return process.ExitCode;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return -1;
            }
        }

        /// <summary>Detached at once, also while a process that another test just started still holds an inherited file for a moment.</summary>
        public void Dispose() => Run("umount", "-l", path);
    }
}
