using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>A task that may be placed.</summary>
/// <param name="Task">The task.</param>
/// <param name="StageOrder">Position of its stage in the recipe: a clip's tasks are placed by it and then by index.</param>
/// <param name="Pool">The pool whose slot it takes.</param>
/// <param name="Needs">What it occupies besides.</param>
/// <param name="AboveMemory">Memory that did not suffice: only a node (or GPU, when it uses one) with more qualifies; 0 for none.</param>
/// <param name="Warm">Node that ran the previous link of its chain; preferred when it has room.</param>
/// <param name="Avoid">Nodes on which it failed; taken only when no other could ever run it.</param>
/// <param name="AvoidUntil">Until then they are not taken at all; null for never so.</param>
/// <param name="Follows">Links of its chain behind it.</param>
public sealed record TaskOffer(
    TaskId Task, int StageOrder, WorkerPool Pool, ResourceRequest Needs, long AboveMemory = 0, NodeId? Warm = null, IReadOnlyList<NodeId>? Avoid = null,
    DateTimeOffset? AvoidUntil = null, int Follows = 0);
