using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>A stage of a clip and how many of its tasks are settled.</summary>
/// <param name="TaskCount">Null until the stage is planned.</param>
/// <param name="DoneCount">Tasks accepted or eaten.</param>
public sealed record StageState(StageSpec Spec, int? TaskCount, int DoneCount)
{
    /// <summary>Held back by an operator.</summary>
    public Hold Hold { get; init; }

    /// <summary>Tasks whose results were accepted.</summary>
    public int AcceptedCount { get; init; }

    /// <summary>How much the stage's accepted manifests weigh in a message: one for each file and one for each manifest.</summary>
    public int Weight { get; init; }

    /// <summary>Names of all files its accepted tasks published, to find two tasks that publish the same one.</summary>
    internal NameSketch FileNames { get; init; } = NameSketch.Empty;

    public bool IsComplete => TaskCount == DoneCount;

    public IEnumerable<TaskId> TaskIds => Enumerable.Range(0, TaskCount ?? 0).Select(index => new TaskId(Spec.Name, index));
}
