using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>A clip the journal knows.</summary>
/// <param name="Clip">Its name.</param>
/// <param name="Sequence">Its last event.</param>
/// <param name="Summary">How it stands after that event; bare but for the phase where an earlier version wrote it.</param>
public sealed record JournalClip(ClipId Clip, long Sequence, ClipSummary Summary)
{
    public ClipPhase Phase => Summary.Phase;
}
