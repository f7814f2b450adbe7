namespace Depth3D.Cluster.Operations.Results;

/// <summary>What submitting a clip led to.</summary>
/// <param name="Outcome">started, resumed, already-running or already-complete.</param>
public sealed record SubmitView(
    [property: Column("clip", IsId = true)] string Clip,
    [property: Column("outcome")] string Outcome,
    [property: Column("project")] string Project,
    [property: Column("priority", ColumnFormat.Integer)] int Priority,
    [property: Column("weight", ColumnFormat.Integer)] int Weight,
    [property: Column("result")] string Text);
