namespace Depth3D.Cluster.Journal;

/// <summary>One thing an operator, or the cluster on its own account, did or was refused.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who.</param>
/// <param name="Why">In words; may be empty.</param>
/// <param name="What">The command: <c>clip pause</c>.</param>
/// <param name="Where">What it was about: a clip with its part, a node.</param>
/// <param name="Outcome"><c>ok</c>, or why it was refused.</param>
public sealed record AuditEntry(DateTimeOffset At, string By, string Why, string What, string Where, string Outcome)
{
    /// <summary>Rises with every entry; 0 until it is stored.</summary>
    public long Id { get; init; }
}
