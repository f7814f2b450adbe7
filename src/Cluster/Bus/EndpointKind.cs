namespace Depth3D.Cluster.Bus;

/// <summary>What a queue is for, as far as a transport treats it differently.</summary>
public enum EndpointKind
{
    /// <summary>Commands to clips: one active consumer.</summary>
    Clips,

    /// <summary>Hints for a pool: competing consumers, as many at once as the pool has slots.</summary>
    Pool,

    /// <summary>Messages to one worker.</summary>
    Worker,

    /// <summary>Progress for whoever looks; may be dropped.</summary>
    Observers,
}
