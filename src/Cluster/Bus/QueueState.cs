namespace Depth3D.Cluster.Bus;

/// <summary>A queue at the broker, at one moment.</summary>
/// <param name="Messages">Waiting for a consumer.</param>
/// <param name="Consumers">Whoever receives from it or stands by to.</param>
/// <param name="Errors">Messages from it in the error queue.</param>
public sealed record QueueState(string Name, long Messages, int Consumers, int Errors);
