namespace Depth3D.Cluster.Operations.Results;

/// <summary>One message that could not be handled.</summary>
public sealed record QueueErrorRow(
    [property: Column("QUEUE")] string Queue,
    [property: Column("ID", IsId = true)] string Id,
    [property: Column("AT", ColumnFormat.Time)] DateTimeOffset? At,
    [property: Column("TYPE")] string Type,
    [property: Column("WHY")] string Text);
