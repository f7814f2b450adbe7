using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>What the driver's loop reacts to, in the order in which it happened.</summary>
internal abstract record DriverInput
{
    /// <summary>A clip to move on, from wherever its journal says it stands.</summary>
    public sealed record Activated(ClipId Clip) : DriverInput;

    public sealed record ClipChanged(ClipId Clip, IReadOnlyList<ClipEvent> Events, ClipState State) : DriverInput;

    public sealed record NodeChanged(NodeChange Change) : DriverInput;

    public sealed record Ticked : DriverInput
    {
        public static readonly Ticked Instance = new();
    }

    /// <summary>Answered when everything before it was followed, placed and asked for.</summary>
    public sealed record Asked(TaskCompletionSource Answer) : DriverInput;
}
