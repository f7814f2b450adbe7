using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>Whether operators, or the cluster itself, let a node take work. Outlives the node's process and the seed's.</summary>
/// <param name="Node">Which.</param>
/// <param name="IsCordoned">It gets nothing new; what it runs goes on.</param>
/// <param name="By">Who said so last; <see cref="Actor.Cluster"/> for a node that failed different clips.</param>
/// <param name="Why">In words.</param>
/// <param name="At">When.</param>
public sealed record NodeStanding(NodeId Node, bool IsCordoned, string By, string Why, DateTimeOffset At);
