namespace Depth3D.Cluster.Journal;

/// <summary>Who did what, when and why. Entries are only ever added.</summary>
public interface IAuditLog
{
    /// <returns>The entry's id.</returns>
    Task<long> AuditAsync(AuditEntry entry, CancellationToken cancellation);

    /// <summary>The last entries, oldest first.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="afterId">Only entries after this one; 0 for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<AuditEntry>> AuditTailAsync(int count, long afterId, CancellationToken cancellation);
}
