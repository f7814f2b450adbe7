using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster.Tests;

/// <summary>
/// The oracle after every fault: opens a store that no engine holds and checks the journal against the files. Returns the accepted
/// files by stage and name, for comparison with another run.
/// </summary>
internal static class Audit
{
    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(string root, ClipId clip, ClipPhase phase = ClipPhase.Completed)
    {
        var store = ArtifactStore.Open(root);
        using var held = StoreLock.Take(Path.Combine(store.Paths.Engine, "lock"));
        await using var journal = SqliteJournal.Open(Path.Combine(store.Paths.Engine, "journal.db"));
        var events = await journal.LoadAsync(clip, CancellationToken.None);
        Attempts.Check(events);
        var state = ClipEntity.Replay(events);
        Assert.Equal(phase, state.Phase);
        Assert.Equal(phase, Assert.Single(await journal.ListAsync(CancellationToken.None)).Phase);
        Assert.Empty(state.Running);

        var accepted = state.Accepted(clip).ToArray();
        Assert.All(accepted, m => Assert.Empty(store.Verify(m, CancellationToken.None)));
        Assert.False(Directory.Exists(store.Paths.Temporary(clip)) && Directory.EnumerateFileSystemEntries(store.Paths.Temporary(clip)).Any());
        return accepted.SelectMany(m => m.Files.Select(f => (Key: $"{m.Task.Stage}/{f.Name}", Content: File.ReadAllText(store.Paths.File(clip, m.Task, m.Epoch, f.Name)))))
            .ToDictionary(f => f.Key, f => f.Content);
    }
}
