namespace Depth3D.Cluster.Scheduling;

/// <summary>When a node counts as lost.</summary>
public sealed record NodeTimings
{
    /// <summary>Silence after which a node's leases are released, though its connection stands.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After becoming active or getting the broker back, nobody is declared lost for this long.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The node is this process: it is never lost without us.</summary>
    public static NodeTimings OneProcess { get; } = new() { Silence = TimeSpan.MaxValue, Grace = TimeSpan.Zero };
}
