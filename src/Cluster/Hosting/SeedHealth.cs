namespace Depth3D.Cluster.Hosting;

/// <summary>What a seed can do at this moment.</summary>
/// <param name="IsActive">It drives the cluster; otherwise it stands by and forwards.</param>
/// <param name="ActiveSince">When it became active, null while it stands by.</param>
/// <param name="IsBusConnected">The broker answers.</param>
/// <param name="Problem">Why it is not ready, in words; null when all is well.</param>
public sealed record SeedHealth(bool IsActive, DateTimeOffset? ActiveSince, bool IsBusConnected, string? Problem)
{
    public bool IsReady => IsBusConnected && Problem is null;
}
