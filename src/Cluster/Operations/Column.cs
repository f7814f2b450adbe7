namespace Depth3D.Cluster.Operations;

/// <summary>One column of a table.</summary>
/// <param name="Header">For people.</param>
/// <param name="Property">Name in the JSON.</param>
/// <param name="Format">How the value is written.</param>
/// <param name="IsId">What <c>--quiet</c> prints.</param>
public sealed record Column(string Header, string Property, ColumnFormat Format, bool IsId);
