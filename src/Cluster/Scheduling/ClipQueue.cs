namespace Depth3D.Cluster.Scheduling;

/// <summary>A clip's waiting tasks of one shape, in the order they should run.</summary>
internal sealed class ClipQueue(ShapeQueue owner, PoolShare share) : PassHeap<ClipQueue>.IMember
{
    public ShapeQueue Owner => owner;

    public PoolShare Share => share;

    /// <summary>Where it stands in line; null while it is taken out.</summary>
    public ProjectQueue? Parent { get; set; }

    public string Name => share.Name;

    public double Pass => share.Pass;

    public int Place { get; set; }

    public SortedSet<WorkItem> Items { get; } = new(TaskOrder.Instance);

    public WorkItem Head => Items.Min!;

    private sealed class TaskOrder : IComparer<WorkItem>
    {
        public static readonly TaskOrder Instance = new();

        public int Compare(WorkItem? x, WorkItem? y)
        {
            var order = x!.Offer.StageOrder.CompareTo(y!.Offer.StageOrder);
            return order == 0 ? x.Task.TaskIndex.CompareTo(y.Task.TaskIndex) : order;
        }
    }
}
