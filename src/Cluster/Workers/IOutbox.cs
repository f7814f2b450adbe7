namespace Depth3D.Cluster.Workers;

/// <summary>Keeps reports until the coordinator has answered them. Guarantee: what was put is there until it is removed, as durable as the implementation says.</summary>
internal interface IOutbox
{
    /// <summary>Reports of earlier runs of this node that nobody has answered, oldest first.</summary>
    IReadOnlyList<Report> Pending { get; }

    void Put(Report report);

    void Remove(Report report);
}
