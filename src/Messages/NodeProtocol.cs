namespace Depth3D.Messages;

/// <summary>
/// How nodes and the seed know of each other. Guarantee: at most once, in any order. A heartbeat says everything, so the next one
/// makes up for a lost one, and a new seed knows the cluster after one interval.
/// </summary>
public static class NodeProtocol
{
    /// <summary>Node to seed, at every interval, and at once when it begins or ceases to take work.</summary>
    /// <param name="Node">Who.</param>
    /// <param name="Session">Made anew when the process starts; leases of an earlier session are dead.</param>
    /// <param name="Sequence">Rises within a session; an older report than the last one is ignored.</param>
    /// <param name="Version">Version of the program.</param>
    /// <param name="Roles">Roles it was started with.</param>
    /// <param name="Capacity">What it offers.</param>
    /// <param name="Condition">Whether it takes work.</param>
    /// <param name="Held">Attempts it runs, and ended ones whose report the coordinator has not answered.</param>
    /// <param name="Usage">For people.</param>
    /// <param name="Host">Name of the machine, for people.</param>
    public sealed record Heartbeat(
        NodeId Node, string Session, long Sequence, string Version, IReadOnlyList<string> Roles, NodeCapacity Capacity,
        NodeCondition Condition, IReadOnlyList<HeldTask> Held, NodeUsage Usage, string Host);

    /// <summary>Node to seed: it stops now, everything it held is given back or reported.</summary>
    public sealed record Left(NodeId Node, string Session);

    /// <summary>Seed to a node's queue.</summary>
    public sealed record Control(NodeId Node, NodeOrder Order, string By, string Reason);
}
