using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>Orders a clip's tasks as its recipe orders their stages, then by index.</summary>
internal sealed class TaskOrder(ImmutableArray<StageSpec> specs) : IComparer<TaskId>
{
    private readonly Dictionary<StageName, int> _ordinals = specs.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i);

    public int Compare(TaskId x, TaskId y) => x.Stage == y.Stage
        ? x.TaskIndex.CompareTo(y.TaskIndex)
        : _ordinals[x.Stage].CompareTo(_ordinals[y.Stage]);
}
