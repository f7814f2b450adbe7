using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests;

/// <summary>Stands before a journal and passes everything on; a test overrides what shall go wrong.</summary>
public abstract class JournalWrapper(IJournal inner) : IJournal
{
    public virtual Task<ShardOwnership> AcquireAsync(int shards, string owner, DateTimeOffset now, CancellationToken cancellation) =>
        inner.AcquireAsync(shards, owner, now, cancellation);

    public Task<IReadOnlyList<JournalShard>> ShardsAsync(CancellationToken cancellation) => inner.ShardsAsync(cancellation);

    public virtual Task<long> AppendAsync(ShardOwner owner, ClipId clip, long expectedSequence, IReadOnlyList<ClipEvent> events, ClipSummary summary,
        CancellationToken cancellation) => inner.AppendAsync(owner, clip, expectedSequence, events, summary, cancellation);

    public Task<IReadOnlyList<ClipEvent>> LoadAsync(ClipId clip, CancellationToken cancellation) => inner.LoadAsync(clip, cancellation);

    public virtual Task<JournalTail> LoadTailAsync(ClipId clip, CancellationToken cancellation) => inner.LoadTailAsync(clip, cancellation);

    public virtual Task SaveSnapshotAsync(ClipId clip, ClipSnapshot snapshot, CancellationToken cancellation) =>
        inner.SaveSnapshotAsync(clip, snapshot, cancellation);

    public Task<IReadOnlyList<JournalClip>> ListAsync(CancellationToken cancellation) => inner.ListAsync(cancellation);

    public Task<IReadOnlyList<JournalClip>> UnfinishedAsync(CancellationToken cancellation) => inner.UnfinishedAsync(cancellation);

    public Task<ClipId?> FindByKeyAsync(string key, CancellationToken cancellation) => inner.FindByKeyAsync(key, cancellation);

    public Task DeleteAsync(ShardOwner owner, ClipId clip, CancellationToken cancellation) => inner.DeleteAsync(owner, clip, cancellation);

    public Task SetStandingAsync(NodeStanding standing, CancellationToken cancellation) => inner.SetStandingAsync(standing, cancellation);

    public Task<IReadOnlyList<NodeStanding>> StandingsAsync(CancellationToken cancellation) => inner.StandingsAsync(cancellation);

    public Task<long> AuditAsync(AuditEntry entry, CancellationToken cancellation) => inner.AuditAsync(entry, cancellation);

    public Task<IReadOnlyList<AuditEntry>> AuditTailAsync(int count, long afterId, CancellationToken cancellation) =>
        inner.AuditTailAsync(count, afterId, cancellation);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return inner.DisposeAsync();
    }
}
