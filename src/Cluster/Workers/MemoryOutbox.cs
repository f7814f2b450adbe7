namespace Depth3D.Cluster.Workers;

/// <summary>Keeps nothing beyond the process: for an engine whose journal lies in the same process.</summary>
internal sealed class MemoryOutbox : IOutbox
{
    public IReadOnlyList<Report> Pending => [];

    public void Put(Report report, bool isDear)
    {
        // The runner itself holds it until it is answered.
    }

    public void Remove(Report report)
    {
        // See Put.
    }
}
