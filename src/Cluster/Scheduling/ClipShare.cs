using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>A clip as the scheduler keeps it.</summary>
internal sealed class ClipShare(ClipId clip, ClipTerms terms)
{
    private static readonly int Pools = Enum.GetValues<WorkerPool>().Length;

    public ClipId Clip => clip;

    public ClipTerms Terms { get; set; } = terms;

    public int Weight => Math.Max(Terms.Weight, 1);

    public Dictionary<TaskId, WorkItem> Items { get; } = new(TaskIds.Instance);

    public PoolShare?[] Shares { get; } = new PoolShare?[Pools];

    /// <summary>Most tasks of a clip that are known at once are of one stage: its name need not be hashed.</summary>
    private sealed class TaskIds : IEqualityComparer<TaskId>
    {
        public static readonly TaskIds Instance = new();

        public bool Equals(TaskId x, TaskId y) => x == y;

        public int GetHashCode(TaskId id) => (id.TaskIndex * 31) + id.Stage.Value.Length;
    }
}
