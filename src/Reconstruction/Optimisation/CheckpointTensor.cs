namespace Depth3D.Reconstruction.Optimisation;

/// <summary>One named array of a checkpoint.</summary>
public sealed record CheckpointTensor(string Name, IReadOnlyList<long> Shape, float[] Values);
