namespace Depth3D.Cluster.Scheduling;

/// <summary>The projects that have waiting tasks of one shape and one priority; the one that got least comes first.</summary>
internal sealed class PriorityLevel(int priority)
{
    public int Priority => priority;

    /// <summary>Tasks waiting here.</summary>
    public int Count { get; set; }

    public SortedSet<ProjectQueue> Projects { get; } = new(ProjectOrder.Instance);

    public WorkItem Head => Projects.Min!.Clips.Min!.Head;

    private sealed class ProjectOrder : IComparer<ProjectQueue>
    {
        public static readonly ProjectOrder Instance = new();

        public int Compare(ProjectQueue? x, ProjectQueue? y)
        {
            var order = x!.Project.Pass.CompareTo(y!.Project.Pass);
            return order == 0 ? string.CompareOrdinal(x.Project.Name, y.Project.Name) : order;
        }
    }
}
