namespace Depth3D.Cluster.Scheduling;

/// <summary>What a clip got of one pool.</summary>
internal sealed class PoolShare(ClipShare clip, ProjectShare project) : ShareLevel<PoolShare>.IMember
{
    public ClipShare Clip => clip;

    public ProjectShare Project => project;

    public string Name => clip.Clip.Value;

    public double Pass { get; private set; }

    public int Place { get; set; }

    /// <summary>Its places in the queues of the pool, one per shape.</summary>
    public List<ClipQueue> Queues { get; } = [];

    /// <summary>Tasks of it that wait.</summary>
    public int Waiting { get; set; }

    public void MoveTo(double pass) => Pass = pass;
}
