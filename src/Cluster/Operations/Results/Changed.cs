namespace Depth3D.Cluster.Operations.Results;

/// <summary>What a change of state led to.</summary>
/// <param name="Where">The clip, task or node.</param>
/// <param name="State">Its state now.</param>
/// <param name="Text">What was done, in words.</param>
public sealed record Changed(
    [property: Column("where", IsId = true)] string Where,
    [property: Column("state")] string State,
    [property: Column("result")] string Text);
