namespace Depth3D.Cluster.Operations.Results;

/// <summary>One line of <c>clip tree</c>: a clip, a stage, a task or an attempt.</summary>
/// <param name="Item">Indented by two blanks per level.</param>
public sealed record TreeRow(
    int Depth,
    [property: Column("ITEM", IsId = true)] string Item,
    [property: Column("STATE")] string State,
    [property: Column("NODE")] string Node,
    [property: Column("EPOCH", ColumnFormat.Integer)] long? Epoch,
    [property: Column("TEXT")] string Text);
