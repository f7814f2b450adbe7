using Depth3D.Cluster.Entity;

namespace Depth3D.Cluster.Journal;

/// <summary>What it takes to know a clip: its last snapshot, if any, and every event after it.</summary>
public sealed record JournalTail(ClipSnapshot? Snapshot, IReadOnlyList<ClipEvent> Events)
{
    /// <summary>The sequence of the last event.</summary>
    public long Sequence => (Snapshot?.Sequence ?? 0) + Events.Count;
}
