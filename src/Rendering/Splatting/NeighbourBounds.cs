namespace Depth3D.Rendering.Splatting;

/// <summary>What the distances of points to their nearest neighbours do not exceed; infinite where nothing is known.</summary>
/// <param name="Means">Per point, of the mean distance.</param>
/// <param name="Farthest">Per point, of the squared distance to the last neighbour.</param>
internal sealed record NeighbourBounds(float[] Means, float[] Farthest);
