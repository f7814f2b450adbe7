namespace Depth3D.Cluster.Operations.Results;

/// <summary>One node as <c>cluster show</c> and <c>node list</c> list it.</summary>
/// <param name="State">up, draining, paused, unreachable or down, and whether it is cordoned.</param>
/// <param name="Slots">Per pool: running and offered, as in <c>render 1/2</c>.</param>
/// <param name="SilentSeconds">Since its last heartbeat.</param>
/// <param name="Why">Why it takes no work; empty when it does.</param>
public sealed record NodeRow(
    [property: Column("NODE", IsId = true)] string Node,
    [property: Column("ROLES", ColumnFormat.List)] IReadOnlyList<string> Roles,
    [property: Column("STATE")] string State,
    bool Cordoned,
    [property: Column("SLOTS")] string Slots,
    [property: Column("BUSY", ColumnFormat.Integer)] int Busy,
    [property: Column("GPUS", ColumnFormat.Integer)] int Gpus,
    [property: Column("SILENT", ColumnFormat.Duration)] double SilentSeconds,
    [property: Column("HOST")] string Host,
    [property: Column("VERSION")] string Version,
    [property: Column("WHY")] string Why);
