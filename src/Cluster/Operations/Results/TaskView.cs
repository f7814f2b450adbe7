namespace Depth3D.Cluster.Operations.Results;

/// <summary>Everything about one task.</summary>
public sealed record TaskView(
    [property: Column("clip")] string Clip,
    [property: Column("task", IsId = true)] string Task,
    [property: Column("label")] string Label,
    [property: Column("state")] string State,
    [property: Column("pool")] string Pool,
    [property: Column("epoch", ColumnFormat.Integer)] long Epoch,
    [property: Column("memory rung", ColumnFormat.Integer)] int Rung,
    [property: Column("needs more memory than", ColumnFormat.Bytes)] long AboveMemoryBytes,
    [property: Column("cores", ColumnFormat.Integer)] int CpuSlots,
    [property: Column("GPUs", ColumnFormat.Integer)] int Gpus,
    [property: Column("GPU memory", ColumnFormat.Bytes)] long GpuMemoryBytes,
    [property: Column("memory", ColumnFormat.Bytes)] long MemoryBytes,
    [property: Column("node")] string Node,
    [property: Column("progress", ColumnFormat.Percent)] double Fraction,
    [property: Column("message")] string? Message,
    [property: Column("last lines of its log", ColumnFormat.Block)] string LogTail,
    [property: Part("Attempts")] IReadOnlyList<AttemptRow> Attempts,
    [property: Part("Files")] IReadOnlyList<FileRow> Files);
