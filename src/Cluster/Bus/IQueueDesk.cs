namespace Depth3D.Cluster.Bus;

/// <summary>What operators can see and do with queues.</summary>
public interface IQueueDesk
{
    /// <summary>Those of <paramref name="queues"/> that exist.</summary>
    Task<IReadOnlyList<QueueState>> ListAsync(IEnumerable<string> queues, CancellationToken cancellation);

    /// <summary>Messages that could not be handled, the oldest first; they stay where they are.</summary>
    /// <param name="queue">Only what was sent to this queue; null for all.</param>
    Task<IReadOnlyList<QueueError>> ErrorsAsync(string? queue, int limit, CancellationToken cancellation);

    /// <summary>Sends messages to the queue from which they came, once more.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="Messages.Depth3DException">There is no such queue.</exception>
    Task<int> RequeueAsync(string queue, int limit, CancellationToken cancellation);
}
