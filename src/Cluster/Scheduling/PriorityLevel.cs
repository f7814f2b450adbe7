namespace Depth3D.Cluster.Scheduling;

/// <summary>The projects that have waiting tasks of one shape and one priority; the one that got least comes first.</summary>
internal sealed class PriorityLevel(int priority)
{
    public int Priority => priority;

    /// <summary>Tasks waiting here.</summary>
    public int Count { get; set; }

    public PassHeap<ProjectQueue> Projects { get; } = new();

    public WorkItem Head => Projects.Min!.Clips.Min!.Head;
}
