namespace Depth3D.Cluster.Operations.Results;

/// <summary>Something that happened in the cluster.</summary>
/// <param name="Kind">As the journal names it: task-claimed, clip-completed, node-unreachable, ...</param>
public sealed record EventRow(
    [property: Column("AT", ColumnFormat.Time)] DateTimeOffset At,
    [property: Column("KIND")] string Kind,
    [property: Column("CLIP")] string? Clip,
    [property: Column("TASK")] string? Task,
    [property: Column("EPOCH", ColumnFormat.Integer)] long? Epoch,
    [property: Column("NODE")] string? Node,
    [property: Column("TEXT")] string Text);
