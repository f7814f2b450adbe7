namespace Depth3D.Cluster.Operations.Results;

/// <summary>One change by an operator or by the cluster itself.</summary>
public sealed record AuditRow(
    [property: Column("AT", ColumnFormat.Time)] DateTimeOffset At,
    [property: Column("BY")] string By,
    [property: Column("WHAT")] string What,
    [property: Column("WHERE")] string Where,
    [property: Column("WHY")] string Why,
    [property: Column("OUTCOME")] string Outcome);
