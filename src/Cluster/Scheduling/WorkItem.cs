using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>A task the scheduler keeps: waiting in a queue, or booked on a node.</summary>
internal sealed class WorkItem(ClipShare clip, TaskOffer offer)
{
    /// <summary>Nodes kept as deaf; the first asked may have come to its senses by then.</summary>
    private const int Remembered = 3;

    /// <summary>No pause is so long: the clock of the coordinator that set it was ahead of ours.</summary>
    private static readonly TimeSpan NoPause = TimeSpan.FromMinutes(1);

    public ClipShare Clip => clip;

    public TaskOffer Offer => offer;

    public TaskId Task => offer.Task;

    public TaskShape Shape { get; } = TaskShape.Of(offer);

    /// <summary>Where it waits; null while it does not.</summary>
    public ShapeQueue? Queue { get; set; }

    /// <summary>Where it is booked; null while it waits.</summary>
    public Booking? Booking { get; set; }

    /// <summary>How many nodes were asked in vain.</summary>
    public int Tries { get; private set; }

    private List<NodeId>? _deaf;

    /// <summary>It failed there, or the node did not answer.</summary>
    public bool Avoids(NodeId node) => (_deaf?.Contains(node) ?? false) || FailedOn(node);

    public bool FailedOn(NodeId node) => offer.Avoid?.Contains(node) ?? false;

    /// <summary>It failed there, and it is too early to try it there again.</summary>
    public bool Pauses(NodeId node, DateTimeOffset now) =>
        offer.AvoidUntil - now is { } left && left > TimeSpan.Zero && left < NoPause && FailedOn(node);

    /// <summary>Nodes to avoid.</summary>
    public IEnumerable<NodeId> Avoided => (_deaf ?? []).Union(offer.Avoid ?? []);

    public void Refused(NodeId node)
    {
        Tries++;
        (_deaf ??= []).Add(node);
        if (_deaf.Count > Remembered) _deaf.RemoveAt(0);
    }
}
