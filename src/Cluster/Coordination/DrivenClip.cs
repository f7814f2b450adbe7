using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>What the driver keeps of a clip. Used by the driver's one loop only.</summary>
internal sealed class DrivenClip(ClipId clip, ClipState state, TimeSpan resend)
{
    public ClipId Clip => clip;

    public ClipState State { get; set; } = state;

    /// <summary>Stages that a node was asked to plan.</summary>
    public HintBook<StageName> Planning { get; } = new(resend);

    /// <summary>When its leases are looked at next; null while nothing runs.</summary>
    public DateTimeOffset? NextExpiry { get; set; }
}
