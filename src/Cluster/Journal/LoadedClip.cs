using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>A clip out of the journal: from its last snapshot where that can be read, else from its first event.</summary>
/// <param name="State">Its state.</param>
/// <param name="Sequence">The last event in it.</param>
/// <param name="SnapshotSequence">The last event in the snapshot it was made from; 0 for none.</param>
internal sealed record LoadedClip(ClipState State, long Sequence, long SnapshotSequence)
{
    /// <exception cref="Depth3DException">The journal is damaged or contradicts itself.</exception>
    public static async Task<LoadedClip> OfAsync(IJournal journal, ClipId clip, CancellationToken cancellation)
    {
        var tail = await journal.LoadTailAsync(clip, cancellation).ConfigureAwait(false);
        if (!SnapshotCodec.TryRead(tail.Snapshot, out var start))
            tail = new JournalTail(null, await journal.LoadAsync(clip, cancellation).ConfigureAwait(false));
        try
        {
            return new(tail.Events.Aggregate(start, ClipEntity.Evolve), tail.Sequence, tail.Snapshot?.Sequence ?? 0);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException)
        {
            throw new Depth3DException("the journal contradicts itself", clip.Value, "run again with --fresh", FailureKind.Storage, e);
        }
    }
}
