using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>A clip as the scheduler keeps it.</summary>
internal sealed class ClipShare(ClipId clip, ClipTerms terms)
{
    private static readonly int Pools = Enum.GetValues<WorkerPool>().Length;

    public ClipId Clip => clip;

    public ClipTerms Terms { get; set; } = terms;

    public int Weight => Math.Max(Terms.Weight, 1);

    public Dictionary<TaskId, WorkItem> Items { get; } = [];

    public PoolShare?[] Shares { get; } = new PoolShare?[Pools];
}
