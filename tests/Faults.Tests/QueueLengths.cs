using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;

namespace Depth3D.Faults.Tests;

/// <summary>Looks at the queues of nodes and keeps the greatest length seen.</summary>
internal sealed class QueueLengths(BrokerOptions broker, IEnumerable<string> nodes)
{
    private readonly string[] _queues = [.. nodes.Select(n => Queues.Node(new NodeId(n)))];
    private readonly BrokerQueueDesk _desk = new(broker);

    public long Longest { get; private set; }

    public async Task LookAsync()
    {
        foreach (var queue in await _desk.ListAsync(_queues, CancellationToken.None)) Longest = Math.Max(Longest, queue.Messages);
    }
}
