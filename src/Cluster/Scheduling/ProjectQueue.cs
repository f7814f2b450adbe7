namespace Depth3D.Cluster.Scheduling;

/// <summary>The clips of a project that have waiting tasks of one shape and one priority; the one that got least comes first.</summary>
internal sealed class ProjectQueue(ProjectShare project, PriorityLevel level)
{
    public ProjectShare Project => project;

    public PriorityLevel Level => level;

    public SortedSet<ClipQueue> Clips { get; } = new(ClipOrder.Instance);

    private sealed class ClipOrder : IComparer<ClipQueue>
    {
        public static readonly ClipOrder Instance = new();

        public int Compare(ClipQueue? x, ClipQueue? y)
        {
            var order = x!.Share.Pass.CompareTo(y!.Share.Pass);
            return order == 0 ? string.CompareOrdinal(x.Share.Name, y.Share.Name) : order;
        }
    }
}
