namespace Depth3D.Cluster.Bus;

/// <summary>What a queue is for. <see cref="EndpointPolicy"/> says what follows from it.</summary>
public enum EndpointKind
{
    /// <summary>Ticks of the seeds: who receives them is the active one.</summary>
    Election,

    /// <summary>Commands to the clips of one shard: one active consumer.</summary>
    Clips,

    /// <summary>Heartbeats of nodes to the active seed.</summary>
    Registry,

    /// <summary>What operators ask of the active seed.</summary>
    Operations,

    /// <summary>Hints and orders to one node.</summary>
    Node,

    /// <summary>Progress for whoever looks: every seed gets all of it; may be dropped.</summary>
    Observers,

    /// <summary>What happened to clips and nodes, for every seed's listeners; may be dropped.</summary>
    Events,

    /// <summary>Messages that could not be read or whose handler fell; nobody consumes it but operators.</summary>
    Errors,
}
