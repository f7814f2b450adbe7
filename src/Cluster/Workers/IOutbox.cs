namespace Depth3D.Cluster.Workers;

/// <summary>Keeps reports until the coordinator has answered them. Guarantee: what was put is there until it is removed, as durable as the implementation says.</summary>
internal interface IOutbox
{
    /// <summary>Reports of earlier runs of this node that nobody has answered, oldest first.</summary>
    IReadOnlyList<Report> Pending { get; }

    /// <param name="report">What to keep.</param>
    /// <param name="isDear">The attempt took so long that it must not be lost to a power cut either.</param>
    void Put(Report report, bool isDear = true);

    void Remove(Report report);
}
