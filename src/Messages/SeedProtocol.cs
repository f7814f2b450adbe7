namespace Depth3D.Messages;

/// <summary>
/// How seeds agree on one active coordinator: every seed consumes one queue with a single active consumer, and every seed sends
/// ticks to it. Who receives a tick is the active one. Guarantee: the broker's; a frozen seed that still believes is fenced by the
/// owner epoch of its shards.
/// </summary>
public static class SeedProtocol
{
    /// <summary>Any seed to the election queue.</summary>
    public sealed record Tick(string Seed, DateTimeOffset At);
}
