using System.Diagnostics;
using System.Text;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 13, first half: a journal that lost its end, was damaged, or whose server died.</summary>
[Collection(FaultRun.Name)]
public sealed class JournalDamageTests(FaultRun run) : IDisposable
{
    private const string Fault = "13 journal damage";

    private readonly TempFolder _folder = new();

    private string Store => _folder.At("store");

    private string Database => Path.Combine(new StorePaths(Store).Engine, "journal.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(4100)]
    public async Task A_torn_last_record_costs_that_record_and_the_run_goes_on_from_the_one_before(int bytes)
    {
        await RunAsync("Reported", "1");
        var log = Database + "-wal";
        using (var file = File.Open(log, FileMode.Open)) file.SetLength(file.Length - bytes);
        var begun = Stopwatch.GetTimestamp();
        var said = await RunAsync();
        Assert.StartsWith("ended Completed", said[^1], StringComparison.Ordinal);
        var (lost, doubled) = await AuditAsync();
        run.Table.Add(new FaultRow(Fault, $"last {bytes} bytes of the log torn off", Stopwatch.GetElapsedTime(begun), lost, doubled));
        Assert.Equal((0, 0), (lost, doubled));
    }

    [Theory]
    [InlineData("task-completed")]
    [InlineData("clip-submitted")]
    [InlineData("stage-planned")]
    [InlineData("\"epoch\":1")]
    [InlineData("\"bytes\":")]
    public async Task A_flipped_bit_is_refused_in_words_and_never_skipped(string where)
    {
        Assert.StartsWith("ended Completed", (await RunAsync())[^1], StringComparison.Ordinal);
        var before = Directory.EnumerateFiles(Path.Combine(Store, "toy"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Flip(Encoding.ASCII.GetBytes(where));
        var begun = Stopwatch.GetTimestamp();
        var error = Assert.Single(await RunAsync(), l => l.StartsWith("error", StringComparison.Ordinal));
        Assert.Contains("journal", error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, Directory.EnumerateFiles(Path.Combine(Store, "toy"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        run.Table.Add(new FaultRow(Fault, $"bit flipped in '{where}': refused", Stopwatch.GetElapsedTime(begun), 0, 0));
    }

    [SkippableFact]
    public async Task A_database_server_that_dies_and_comes_back_loses_nothing()
    {
        Skip.IfNot(PrivateBroker.IsInstalled && PrivatePostgres.Programs is not null, "RabbitMQ and PostgreSQL are needed");
        await using var server = await PrivatePostgres.StartAsync();
        await using var cluster = await run.StartAsync((await PrivateBroker.SharedAsync()).NewSpace(), await server.CreateDatabaseAsync());
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1", (ToySettings.Delay, "200"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task.Stage.Value == "left", "work to be in the middle");
        server.Kill();
        server.Start();
        var back = Stopwatch.GetTimestamp();
        var before = (await AgainAsync(cluster)).Count;
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task.Stage.Value == "learn", $"work to go on after {before} events");
        await ClusterAudit.CompletedAsync(cluster, Fault, "database server killed and started again", Stopwatch.GetElapsedTime(back), orphans: 2);
    }

    /// <summary>The connections of before are gone: the first question after that finds out.</summary>
    private static async Task<IReadOnlyList<ClipEvent>> AgainAsync(FaultCluster cluster)
    {
        IReadOnlyList<ClipEvent> events = [];
        await cluster.UntilAsync(async () =>
        {
            try
            {
                events = await cluster.EventsAsync(FaultCluster.Toy);
                return true;
            }
            catch (Depth3DException)
            {
                return false;
            }
        }, "the database to answer again");
        return events;
    }

    /// <summary>Runs the toy recipe in an embedded engine in a process; with arguments, that process is killed on the way.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(params string[] killAt)
    {
        await File.WriteAllTextAsync(_folder.At("source.mp4"), "frames");
        using var host = new HostProcess([Store, _folder.At("source.mp4"), .. killAt]);
        var said = await host.ToEndAsync();
        if (killAt.Length > 0) Assert.True(host.ExitCode == 128 + 9, string.Join(" | ", said));
        return said;
    }

    /// <summary>One bit in the middle of every place where this stands in the file.</summary>
    private void Flip(byte[] text)
    {
        var file = File.ReadAllBytes(Database);
        var found = 0;
        for (var at = file.AsSpan().IndexOf(text); at >= 0; found++)
        {
            file[at + (text.Length / 2)] ^= 1;
            var next = file.AsSpan(at + 1).IndexOf(text);
            at = next < 0 ? -1 : at + 1 + next;
        }

        Assert.True(found > 0, "the text is nowhere in the journal");
        File.WriteAllBytes(Database, file);
    }

    private async Task<(int Lost, int Doubled)> AuditAsync()
    {
        var expected = await run.UndisturbedAsync(FaultCluster.Toy);
        var store = ArtifactStore.Attach(Store);
        await using var journal = SqliteJournal.Open(Database);
        var events = await journal.LoadAsync(FaultCluster.Toy, CancellationToken.None);
        Assert.Empty(Attempts.Check(events));
        var accepted = ClipEntity.Replay(events).Accepted(FaultCluster.Toy).ToArray();
        Assert.All(accepted, m => Assert.Empty(store.Verify(m, CancellationToken.None)));
        var files = accepted.SelectMany(m => m.Files.Select(f => (Key: $"{m.Task.Stage}/{f.Name}", Path: store.Paths.File(m.Clip, m.Task, m.Epoch, f.Name)))).ToArray();
        var doubled = files.Length - files.Select(f => f.Key).Distinct(StringComparer.Ordinal).Count();
        var same = files.Count(f => expected.TryGetValue(f.Key, out var content) && content == File.ReadAllText(f.Path));
        return (expected.Count - same, doubled);
    }
}
