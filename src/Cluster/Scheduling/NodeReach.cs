namespace Depth3D.Cluster.Scheduling;

/// <summary>Whether the active coordinator can reach a node.</summary>
public enum NodeReach
{
    /// <summary>Named by the journal; it has not been heard of since this coordinator became active.</summary>
    Expected,

    Up,

    /// <summary>Silent for too long, or its connection to the broker is gone. Its leases are released; it is up again when it is heard.</summary>
    Unreachable,

    /// <summary>It said good-bye.</summary>
    Left,

    /// <summary>An operator declared it dead; only a new session of it counts.</summary>
    Down,
}
