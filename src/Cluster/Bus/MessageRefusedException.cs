namespace Depth3D.Cluster.Bus;

/// <summary>A message that is not read at all. It lies in the error queue with these words.</summary>
public sealed class MessageRefusedException(string what) : Exception($"message refused: {what}");
