using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>
/// The truth about every clip: an append-only stream of events per clip. Two fences guard an append, and each refuses it as a whole:
/// the owner's epoch must still be the shard's, so an owner that was replaced writes nothing; and the stream must still end where the
/// writer thinks, so no two writers can interleave.
/// </summary>
public interface IJournal : INodeStandings, IAuditLog, IAsyncDisposable
{
    /// <summary>Takes all shards, in one step. Every append of an earlier owner is refused from then on, or was stored before.</summary>
    /// <param name="shards">How many shards the clip space has.</param>
    /// <param name="owner">Who, for people.</param>
    /// <param name="now">The caller's time, for people.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Depth3DException">The number of shards differs from before while clips are running.</exception>
    Task<ShardOwnership> AcquireAsync(int shards, string owner, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Shards by number, with who has them; empty before the first <see cref="AcquireAsync"/>.</summary>
    Task<IReadOnlyList<JournalShard>> ShardsAsync(CancellationToken cancellation);

    /// <summary>Appends events as <c>expectedSequence + 1, ...</c>, all or none, and returns the new sequence once they are on the disk.</summary>
    /// <param name="owner">The right to write, of the clip's shard.</param>
    /// <param name="clip">The stream.</param>
    /// <param name="expectedSequence">The last sequence this writer knows; 0 for a new stream.</param>
    /// <param name="events">At least one event.</param>
    /// <param name="summary">The clip after the events, kept for the lists.</param>
    /// <param name="cancellation">Ends the wait; whether the events were stored is unknown then.</param>
    /// <exception cref="StaleOwnerException">Somebody else acquired the shard.</exception>
    /// <exception cref="JournalConflictException">The stream moved on.</exception>
    Task<long> AppendAsync(ShardOwner owner, ClipId clip, long expectedSequence, IReadOnlyList<ClipEvent> events, ClipSummary summary,
        CancellationToken cancellation);

    /// <summary>All events of a clip in order; empty for a clip never submitted.</summary>
    Task<IReadOnlyList<ClipEvent>> LoadAsync(ClipId clip, CancellationToken cancellation);

    /// <summary>The clip's last snapshot and the events after it.</summary>
    Task<JournalTail> LoadTailAsync(ClipId clip, CancellationToken cancellation);

    /// <summary>
    /// Keeps a snapshot in place of the one before. It only shortens loading: losing it loses nothing, so it is written without fences,
    /// and one that is not newer is dropped.
    /// </summary>
    Task SaveSnapshotAsync(ClipId clip, ClipSnapshot snapshot, CancellationToken cancellation);

    /// <summary>Every clip with its summary, by name in ordinal order.</summary>
    Task<IReadOnlyList<JournalClip>> ListAsync(CancellationToken cancellation);

    /// <summary>Clips that are running, by name in ordinal order: those a new owner drives on.</summary>
    Task<IReadOnlyList<JournalClip>> UnfinishedAsync(CancellationToken cancellation);

    /// <summary>The clip that was submitted with this key, or null.</summary>
    Task<ClipId?> FindByKeyAsync(string key, CancellationToken cancellation);

    /// <summary>Forgets a clip.</summary>
    /// <exception cref="StaleOwnerException">Somebody else acquired the shard.</exception>
    Task DeleteAsync(ShardOwner owner, ClipId clip, CancellationToken cancellation);
}
