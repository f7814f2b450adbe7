namespace Depth3D.Cluster.Entity;

/// <summary>Where a task stands.</summary>
public enum TaskPhase : byte
{
    /// <summary>No attempt is running.</summary>
    Waiting,

    /// <summary>An attempt holds a lease.</summary>
    Running,

    /// <summary>An attempt's manifest was accepted; nothing changes it any more.</summary>
    Done,

    /// <summary>Its attempts are used up, or another would fail the same way.</summary>
    Failed,

    /// <summary>An operator had it treated as done, without a result.</summary>
    Eaten,
}
