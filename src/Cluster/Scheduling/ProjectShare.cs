namespace Depth3D.Cluster.Scheduling;

/// <summary>What a project got of one pool, and its clips that wait for it.</summary>
internal sealed class ProjectShare(string name, int weight) : ShareLevel<ProjectShare>.IMember
{
    public string Name => name;

    public int Weight => weight;

    public double Pass { get; private set; }

    public int Place { get; set; }

    public ShareLevel<PoolShare> Clips { get; } = new();

    /// <summary>Its places in the queues of the pool.</summary>
    public List<ProjectQueue> Queues { get; } = [];

    /// <summary>Clips of it that have something waiting.</summary>
    public int Waiting { get; set; }

    /// <summary>Tasks of it that wait.</summary>
    public PriorityCounts Tasks { get; } = new();

    /// <summary>The same with the links that follow them.</summary>
    public int Work { get; set; }

    /// <summary>Clips of it in progress that will come here and have not yet.</summary>
    public int Coming { get; set; }

    /// <summary>Its work here and on its way.</summary>
    /// <param name="tasks">What a clip brings.</param>
    public double WorkWith(double tasks) => Work + (Coming * tasks);

    public void MoveTo(double pass) => Pass = pass;
}
