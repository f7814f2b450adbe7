using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Faults.Tests;

/// <summary>
/// The oracle after every fault, over journal, store and the active seed: every artifact once and as recorded, one start and one end per
/// attempt, no task both running and accepted, leases equal to what nodes hold, no temporary files, the journal replays to the same
/// state, and the files are those of an undisturbed run.
/// </summary>
internal static class ClusterAudit
{
    /// <summary>
    /// Published folders that a worker killed for good may leave: an attempt of each of its three slots between the rename of its files and its
    /// report, and the four results at most that wait to be reported together.
    /// </summary>
    public const int LeftByKilledWorker = 3 + 4;

    /// <summary>Waits for the clip to complete, audits it and adds a row to the table.</summary>
    /// <param name="cluster">With an active seed.</param>
    /// <param name="fault">For the table.</param>
    /// <param name="where">For the table.</param>
    /// <param name="recovered">For the table.</param>
    /// <param name="orphans">How many published folders that count for nothing the fault may leave.</param>
    public static async Task CompletedAsync(FaultCluster cluster, string fault, string where, TimeSpan recovered, int orphans = 0)
    {
        var phase = await cluster.EndAsync(FaultCluster.Toy);
        await cluster.LoggedAsync(async () =>
        {
            Assert.Equal(ClipPhase.Completed, phase);
            var result = await CheckAsync(cluster, FaultCluster.Toy, ClipPhase.Completed, await cluster.Run.UndisturbedAsync(FaultCluster.Toy));
            cluster.Run.Table.Add(new FaultRow(fault, where, recovered, result.Lost.Count, result.Doubled.Count));
            Assert.Empty(result.Lost);
            Assert.Empty(result.Doubled);
            Assert.True(result.Orphans.Count <= orphans, string.Join(", ", result.Orphans));
            return true;
        });
    }

    /// <summary>Audits a clip that has ended in this phase.</summary>
    /// <param name="cluster">With an active seed.</param>
    /// <param name="clip">Which.</param>
    /// <param name="phase">Its phase.</param>
    /// <param name="expected">Files by stage and name with their content, as in an undisturbed run; null to compare none.</param>
    public static async Task<AuditResult> CheckAsync(
        FaultCluster cluster, ClipId clip, ClipPhase phase, IReadOnlyDictionary<string, string>? expected)
    {
        var events = await cluster.EventsAsync(clip);
        Assert.Empty(Attempts.Check(events));
        var state = await ReplayAsync(cluster.Journal, clip, events);
        Assert.Equal(phase, state.Phase);
        await NothingIsHeldAsync(cluster, clip);

        var store = ArtifactStore.Attach(cluster.Store);
        await cluster.UntilAsync(() => Task.FromResult(Temporary(store, clip).Length == 0), $"temporary files to go: {string.Join(", ", Temporary(store, clip))}");
        var accepted = state.Accepted(clip).ToArray();
        var damaged = accepted.SelectMany(m => store.Verify(m, CancellationToken.None)).Select(p => $"{p.Task} {p}");
        var names = accepted.SelectMany(m => m.Files.Select(f => (Key: $"{m.Task.Stage}/{f.Name}", Path: store.Paths.File(clip, m.Task, m.Epoch, f.Name)))).ToArray();
        var twice = names.GroupBy(n => n.Key).Where(g => g.Count() > 1).Select(g => g.Key)
            .Concat(events.OfType<ClipEvent.TaskCompleted>().GroupBy(e => e.Task).Where(g => g.Count() > 1).Select(g => $"{g.Key}"));
        var lost = expected?.Where(e => !names.Any(n => n.Key == e.Key && File.Exists(n.Path) && File.ReadAllText(n.Path) == e.Value)).Select(e => e.Key) ?? [];
        var extra = expected is null ? [] : names.Select(n => n.Key).Where(k => !expected.ContainsKey(k));
        return new AuditResult([.. damaged, .. lost], [.. twice, .. extra], Orphans(store, clip, accepted));
    }

    /// <summary>From the first event and from the last snapshot: the same state, and the summary that lists show.</summary>
    private static async Task<ClipState> ReplayAsync(IJournal journal, ClipId clip, IReadOnlyList<ClipEvent> events)
    {
        var state = ClipEntity.Replay(events);
        var loaded = await LoadedClip.OfAsync(journal, clip, CancellationToken.None);
        Assert.Equal(events.Count, loaded.Sequence);
        Assert.Equal(SnapshotCodec.Write(state, events.Count), SnapshotCodec.Write(loaded.State, loaded.Sequence));
        Assert.Equal(state.Phase, (await journal.ListAsync(CancellationToken.None)).Single(c => c.Clip == clip).Summary.Phase);
        return state;
    }

    /// <summary>A clip that has ended holds no lease, so no node holds a task of it; nodes say so with their next heartbeat.</summary>
    private static Task NothingIsHeldAsync(FaultCluster cluster, ClipId clip)
    {
        return cluster.UntilAsync(async () => !(await HeldAsync(cluster)).Any(h => h.Split(' ')[1] == clip.Value), $"nodes to hold nothing of {clip}");
    }

    /// <summary>What nodes say they hold: node, clip, task, epoch, whether it has ended.</summary>
    public static Task<string[]> HeldAsync(FaultCluster cluster) => cluster.AskAsync<string[]>("held list");

    private static string[] Temporary(ArtifactStore store, ClipId clip) =>
        Directory.Exists(store.Paths.Temporary(clip)) ? Directory.GetFileSystemEntries(store.Paths.Temporary(clip)) : [];

    private static string[] Orphans(ArtifactStore store, ClipId clip, IReadOnlyList<ArtifactManifest> accepted)
    {
        var named = accepted.Select(m => store.Paths.Published(clip, m.Task, m.Epoch)).ToHashSet(StringComparer.Ordinal);
        return [.. Directory.EnumerateDirectories(store.Paths.Clip(clip), "e*", SearchOption.AllDirectories)
            .Where(d => Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(d))) == store.Paths.Clip(clip) && !named.Contains(d))];
    }
}
