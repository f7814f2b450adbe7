using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>A stage of a clip and how many of its tasks are accepted.</summary>
/// <param name="TaskCount">Null until the stage is planned.</param>
public sealed record StageState(StageSpec Spec, int? TaskCount, int DoneCount)
{
    public bool IsComplete => TaskCount == DoneCount;

    public IEnumerable<TaskId> TaskIds => Enumerable.Range(0, TaskCount ?? 0).Select(index => new TaskId(Spec.Name, index));
}
