namespace Depth3D.Cluster.Bus;

/// <summary>A message in the error queue.</summary>
/// <param name="Queue">Where it was sent to; empty when it does not say.</param>
/// <param name="Id">The message's own; empty when it has none.</param>
/// <param name="At">When it was refused; null when it does not say.</param>
/// <param name="Type">Name of the message; empty when it does not say.</param>
/// <param name="Reason">Why it could not be handled.</param>
/// <param name="Bytes">Its length.</param>
public sealed record QueueError(string Queue, string Id, DateTimeOffset? At, string Type, string Reason, int Bytes);
