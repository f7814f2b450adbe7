namespace Depth3D.Cluster.Operations.Results;

/// <summary>One queue of the broker.</summary>
/// <param name="Errors">Messages in its error queue.</param>
public sealed record QueueRow(
    [property: Column("QUEUE", IsId = true)] string Queue,
    [property: Column("MESSAGES", ColumnFormat.Integer)] long Messages,
    [property: Column("CONSUMERS", ColumnFormat.Integer)] long Consumers,
    [property: Column("ERRORS", ColumnFormat.Integer)] long Errors);
