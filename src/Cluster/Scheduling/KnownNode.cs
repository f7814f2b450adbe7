using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>All that is known of a node at one moment.</summary>
/// <param name="Id">Who.</param>
/// <param name="Session">Its process; empty for a node that is only expected.</param>
/// <param name="Reach">Whether it can be reached.</param>
/// <param name="Why">Why it cannot be reached, in words; empty when it can.</param>
/// <param name="Beat">What it said last; null for a node that is only expected.</param>
/// <param name="Since">When this session was first heard.</param>
/// <param name="HeardAt">When it was last heard.</param>
/// <param name="Cordon">Who keeps it from new work, if anybody.</param>
public sealed record KnownNode(
    NodeId Id, string Session, NodeReach Reach, string Why, NodeProtocol.Heartbeat? Beat, DateTimeOffset Since, DateTimeOffset HeardAt, NodeStanding? Cordon)
{
    /// <summary>New tasks may be placed on it.</summary>
    public bool TakesWork => Reach == NodeReach.Up && Beat?.Condition == NodeCondition.Up && Cordon is null;

    /// <summary>Why it takes no new tasks, in words; null when it does.</summary>
    public string? Obstacle => Reach switch
    {
        NodeReach.Up when Cordon is { } cordon => $"cordoned by {cordon.By}{(cordon.Why.Length > 0 ? $": {cordon.Why}" : "")}",
        NodeReach.Up when Beat?.Condition == NodeCondition.Draining => "draining",
        NodeReach.Up when Beat?.Condition == NodeCondition.Paused => "paused by itself",
        NodeReach.Up => null,
        NodeReach.Expected => "not heard yet",
        NodeReach.Left => "left",
        NodeReach.Down => $"declared down: {Why}",
        _ => $"unreachable: {Why}",
    };
}
