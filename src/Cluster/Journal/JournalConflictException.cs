using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>Somebody else wrote to a clip's stream: this owner is stale. It drops what it knows of the clip and resigns; it never merges.</summary>
public sealed class JournalConflictException(ClipId clip, long expectedSequence, Exception? inner = null)
    : Depth3DException($"the journal moved on from sequence {expectedSequence}: another coordinator owns the clip", clip.Value,
        kind: FailureKind.Transient, inner: inner);
