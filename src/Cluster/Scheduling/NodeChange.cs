using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>What happened to a node, as <see cref="NodeRegistry"/> raises it.</summary>
public abstract record NodeChange(KnownNode Node)
{
    /// <summary>It was heard; what it offers may have changed.</summary>
    public sealed record Heard(KnownNode Node, IReadOnlyList<HeldTask> Held) : NodeChange(Node);

    /// <summary>It is gone, or restarted: what an earlier session held and <paramref name="Kept"/> does not name is lost.</summary>
    public sealed record Lost(KnownNode Node, string Reason, IReadOnlyList<HeldTask> Kept) : NodeChange(Node);

    /// <summary>It was cordoned or uncordoned, by an operator or by the cluster itself.</summary>
    public sealed record Stood(KnownNode Node, NodeStanding Standing) : NodeChange(Node);

    /// <summary>It is known no more.</summary>
    public sealed record Forgotten(KnownNode Node) : NodeChange(Node);
}
