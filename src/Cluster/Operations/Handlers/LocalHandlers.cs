namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>Handlers of the commands that any seed answers, by name.</summary>
internal static class LocalHandlers
{
    public delegate Task<object> Answer(SeedFiles files, CommandArguments arguments, CancellationToken cancellation);

    public delegate Task<IAsyncEnumerable<object>> Stream(SeedFiles files, CommandArguments arguments, CancellationToken cancellation);

    public static readonly IReadOnlyDictionary<string, Answer> All = new Dictionary<string, Answer>(StringComparer.Ordinal)
    {
        ["cluster tail"] = NewsHandlers.TailAsync,
        ["clip logs"] = LogHandlers.ReadAsync,
        ["clip cost"] = CostHandlers.CostAsync,
        ["clip export"] = ExportHandlers.ExportAsync,
        ["store verify"] = StoreHandlers.VerifyAsync,
        ["audit tail"] = AuditHandlers.TailAsync,
    };

    public static readonly IReadOnlyDictionary<string, Stream> Follow = new Dictionary<string, Stream>(StringComparer.Ordinal)
    {
        ["cluster tail"] = NewsHandlers.FollowAsync,
        ["clip logs"] = LogHandlers.FollowAsync,
        ["audit tail"] = AuditHandlers.FollowAsync,
    };
}
