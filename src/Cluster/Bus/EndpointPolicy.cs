using System.Collections.Immutable;

namespace Depth3D.Cluster.Bus;

/// <summary>
/// All that a kind of queue needs, in one table, whatever the transport. Queues that outlive their consumer are quorum queues; what
/// they hold grows stale, so that a seed or node that was away does not act on yesterday's messages.
/// </summary>
/// <param name="IsQuorum">Replicated and kept over broker restarts; otherwise it goes with its consumer.</param>
/// <param name="IsSingleActive">One consumer at a time gets messages, the others stand by.</param>
/// <param name="MessageLife">Older messages are dropped.</param>
/// <param name="MaxMessages">Beyond, the oldest are dropped.</param>
/// <param name="QueueLife">A queue without a consumer for so long is removed; null for never.</param>
/// <param name="Source">Exchange whose messages the queue gets a copy of; null when it is sent to by its own name.</param>
/// <param name="MaxBytes">Larger messages go to the error queue unread.</param>
internal sealed record EndpointPolicy(
    bool IsQuorum, bool IsSingleActive, TimeSpan MessageLife, int MaxMessages, TimeSpan? QueueLife, string? Source, int MaxBytes)
{
    /// <summary>Largest message, but for those that list files.</summary>
    public const int DefaultMaxBytes = 1 << 20;

    /// <summary>Plans and results of a clip list up to some 100,000 tasks or files of about 150 bytes each.</summary>
    public const int ListMaxBytes = 16 << 20;

    /// <summary>All that <see cref="Arguments"/> may set.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames =
        ["x-message-ttl", "x-max-length", "x-queue-type", "x-single-active-consumer", "x-expires"];

    private static readonly ImmutableDictionary<EndpointKind, EndpointPolicy> Table = new Dictionary<EndpointKind, EndpointPolicy>
    {
        [EndpointKind.Election] = Shared(TimeSpan.FromSeconds(10), 1_000),
        [EndpointKind.Clips] = Shared(TimeSpan.FromMinutes(10), 100_000) with { MaxBytes = ListMaxBytes },
        [EndpointKind.Registry] = Shared(TimeSpan.FromSeconds(10), 100_000),
        [EndpointKind.Operations] = Shared(TimeSpan.FromSeconds(30), 10_000),
        [EndpointKind.Node] = Shared(TimeSpan.FromMinutes(1), 100_000) with { IsSingleActive = false, QueueLife = TimeSpan.FromHours(1), MaxBytes = ListMaxBytes },
        [EndpointKind.Observers] = Fanned("observers"),
        [EndpointKind.Events] = Fanned("events"),
        [EndpointKind.Errors] = Shared(TimeSpan.FromDays(14), 10_000) with { IsSingleActive = false, MaxBytes = ListMaxBytes },
    }.ToImmutableDictionary();

    public static EndpointPolicy Of(EndpointKind kind) => Table[kind];

    /// <summary>The arguments of its declaration at the broker. Every party that declares the queue uses these.</summary>
    public IReadOnlyDictionary<string, object?> Arguments()
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-message-ttl"] = (long)MessageLife.TotalMilliseconds,
            ["x-max-length"] = (long)MaxMessages,
        };
        if (IsQuorum) arguments["x-queue-type"] = "quorum";
        if (IsSingleActive) arguments["x-single-active-consumer"] = true;
        if (QueueLife is { } life) arguments["x-expires"] = (long)life.TotalMilliseconds;
        return arguments;
    }

    private static EndpointPolicy Shared(TimeSpan life, int messages) => new(true, true, life, messages, null, null, DefaultMaxBytes);

    private static EndpointPolicy Fanned(string source) =>
        new(false, false, TimeSpan.FromSeconds(30), 10_000, null, source, DefaultMaxBytes);
}
