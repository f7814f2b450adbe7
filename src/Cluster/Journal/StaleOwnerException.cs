using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>Another coordinator acquired the shard: whoever gets this writes nothing any more, drops what it knows and resigns.</summary>
public sealed class StaleOwnerException(ClipId clip, ShardOwner owner)
    : Depth3DException($"owner epoch {owner.Epoch} of shard {owner.Shard} is over: another coordinator is active", clip.Value,
        kind: FailureKind.Transient);
