namespace Depth3D.Cluster.Operations;

/// <summary>A table inside a result.</summary>
/// <param name="Title">For people.</param>
/// <param name="Property">Name in the JSON of the array that holds its rows.</param>
public sealed record ResultPart(string Title, string Property, ResultShape Shape);
