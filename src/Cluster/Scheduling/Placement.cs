using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>A decision: this task shall run on this node.</summary>
/// <param name="IsAhead">It waits on the node behind a running task of the same pool.</param>
/// <param name="Try">How many nodes were asked before, in vain.</param>
public sealed record Placement(ClipId Clip, TaskId Task, NodeId Node, bool IsAhead, int Try);
