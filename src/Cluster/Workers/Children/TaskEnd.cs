namespace Depth3D.Cluster.Workers.Children;

/// <summary>How a task ended in a child.</summary>
/// <param name="IsReusable">The child is ready for the next task.</param>
/// <param name="Fault">Why it failed; null when it did not.</param>
/// <param name="IsStopped">It was told to stop.</param>
internal readonly record struct TaskEnd(bool IsReusable, TaskFault? Fault = null, bool IsStopped = false);
