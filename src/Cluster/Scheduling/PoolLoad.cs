using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>Work and slots of one pool at one moment; what autoscaling looks at.</summary>
/// <param name="Nodes">Nodes that serve it and take work.</param>
/// <param name="Slots">What those offer together.</param>
/// <param name="Running">Tasks claimed by nodes.</param>
/// <param name="Placed">Tasks a node was asked to run and has not claimed yet.</param>
/// <param name="Waiting">Tasks that could run now if there were room.</param>
public sealed record PoolLoad(WorkerPool Pool, int Nodes, int Slots, int Running, int Placed, int Waiting);
