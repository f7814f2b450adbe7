using System.Collections.Immutable;
using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Fixtures.Simulation;

/// <summary>A node that dies and comes back; each life is another session.</summary>
internal sealed class SimulatedNode
{
    private readonly NodeCapacity _capacity;
    private long _beats;

    public SimulatedNode(int index, int of)
    {
        Id = new NodeId(string.Create(CultureInfo.InvariantCulture, $"n{index:00000}"));
        var place = (double)index / of;
        var (pool, slots) = place < 0.5 ? (WorkerPool.PreprocessCpu, 2) : place < 0.7 ? (WorkerPool.Trainer, 1) : (WorkerPool.Render, 2);
        GpuInfo[] gpus = pool == WorkerPool.Trainer ? [new GpuInfo($"gpu-{index}", "simulated", 24L << 30)] : [];
        _capacity = new(ImmutableSortedDictionary<WorkerPool, int>.Empty.Add(pool, slots), 8, 64L << 30, gpus);
    }

    public NodeId Id { get; }

    public int Life { get; private set; }

    public bool IsAlive { get; private set; }

    public NodeProtocol.Heartbeat Come()
    {
        IsAlive = true;
        Life++;
        return new(Id, Life.ToString(CultureInfo.InvariantCulture), ++_beats, "", [], _capacity, NodeCondition.Up, [], new NodeUsage(0, 0, 0, []), "simulated");
    }

    public void Die() => IsAlive = false;
}
