namespace Depth3D.Cluster.Journal;

/// <summary>Keeps which nodes are cordoned. The last word on a node counts.</summary>
public interface INodeStandings
{
    Task SetStandingAsync(NodeStanding standing, CancellationToken cancellation);

    /// <summary>Every node anybody said something about, by name in ordinal order.</summary>
    Task<IReadOnlyList<NodeStanding>> StandingsAsync(CancellationToken cancellation);
}
