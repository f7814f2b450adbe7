namespace Depth3D.Cluster.Scheduling;

/// <summary>The clips of a project that have waiting tasks of one shape and one priority; the one that got least comes first.</summary>
internal sealed class ProjectQueue(ProjectShare project, PriorityLevel level) : PassHeap<ProjectQueue>.IMember
{
    public ProjectShare Project => project;

    public PriorityLevel Level => level;

    public PassHeap<ClipQueue> Clips { get; } = new();

    public string Name => project.Name;

    public double Pass => project.Pass;

    public int Place { get; set; }
}
