namespace Depth3D.Cluster.Scheduling;

/// <summary>What a node has for tasks of one shape.</summary>
internal enum RoomKind
{
    /// <summary>It takes no work, or could never run such a task.</summary>
    None,

    /// <summary>All slots of the pool are taken.</summary>
    Full,

    /// <summary>A slot is free, but cores, memory or GPUs are not.</summary>
    Tight,

    /// <summary>All slots are taken, and one more task may wait behind them.</summary>
    Ahead,

    /// <summary>It can start now.</summary>
    Free,
}
