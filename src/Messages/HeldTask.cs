namespace Depth3D.Messages;

/// <summary>An attempt that a node runs, or has ended without the coordinator's answer to its report.</summary>
/// <param name="IsEnded">The result lies on the node's disk and waits to be delivered.</param>
public sealed record HeldTask(ClipId Clip, TaskId Task, long Epoch, bool IsEnded);
