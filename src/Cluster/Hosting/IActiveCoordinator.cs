using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>The cluster as one seed sees it, whether or not this seed is the active one. What the HTTP API is built on.</summary>
public interface IActiveCoordinator
{
    /// <summary>Name of this seed.</summary>
    NodeId Seed { get; }

    SeedHealth Health { get; }

    /// <summary>The coordinator while this seed is active; null while it stands by. It may resign at any moment, its calls then throw.</summary>
    ActiveCoordinator? Coordinator { get; }

    /// <summary>
    /// Asks the active coordinator, here or on another seed. Never throws for the cluster's sake: when nobody answers in time the reply says
    /// so, and the request may or may not have happened.
    /// </summary>
    Task<OperatorProtocol.Reply> AskAsync(OperatorProtocol.Request request, CancellationToken cancellation);

    /// <summary>
    /// News from this call on, also while another seed is active. A watcher that does not keep up loses the oldest and is never waited for.
    /// </summary>
    IAsyncEnumerable<FeedProtocol.Item> WatchAsync(CancellationToken cancellation);
}
