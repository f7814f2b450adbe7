using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>The log file of one attempt.</summary>
internal sealed record AttemptLog(TaskId Task, long Epoch, string Path);
