using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>That a node is kept from new work, by whom, why and since when. Outlives the node's process and the coordinator.</summary>
public sealed record NodeCordon(NodeId Node, string By, string Why, DateTimeOffset At);
