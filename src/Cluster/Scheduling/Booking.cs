namespace Depth3D.Cluster.Scheduling;

/// <summary>That a task occupies, or is about to occupy, room on a node.</summary>
internal sealed class Booking(NodeRoom room, bool isAhead, double charged, DateTimeOffset at)
{
    public NodeRoom Room => room;

    /// <summary>Behind another task of the pool on that node; it holds no resources yet.</summary>
    public bool IsAhead { get; set; } = isAhead;

    /// <summary>What its clip was charged, to be corrected when the duration is known.</summary>
    public double Charged => charged;

    /// <summary>Epoch of the running attempt; null until it is claimed.</summary>
    public long? Epoch { get; set; }

    /// <summary>When it was placed, or began to run.</summary>
    public DateTimeOffset Since { get; set; } = at;

    /// <summary>GPUs it holds, as positions in the node's list.</summary>
    public int[] Gpus { get; set; } = [];
}
