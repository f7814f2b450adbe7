namespace Depth3D.Cluster.Operations.Results;

/// <summary>What requeueing moved.</summary>
public sealed record RequeueView(
    [property: Column("queue", IsId = true)] string Queue,
    [property: Column("moved", ColumnFormat.Integer)] int Moved,
    [property: Column("left", ColumnFormat.Integer)] int Left);
