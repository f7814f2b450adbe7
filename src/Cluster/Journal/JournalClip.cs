using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>A clip the journal knows.</summary>
public sealed record JournalClip(ClipId Clip, long Sequence, ClipPhase Phase);
