namespace Depth3D.Messages;

/// <summary>
/// How seeds agree on one active coordinator: every seed consumes one queue with a single active consumer, and every seed sends
/// ticks to it. Who hears its own ticks is the active one. Guarantee: the broker's; a frozen seed that still believes is fenced by the
/// owner epoch of its shards.
/// </summary>
public static class SeedProtocol
{
    /// <summary>Any seed to the election queue. Only its sender makes anything of it: hearing oneself means being served.</summary>
    /// <param name="Seed">Who.</param>
    /// <param name="At">When, for people.</param>
    /// <param name="Session">Made anew when the process starts.</param>
    /// <param name="Stamp">The sender's own clock, which never jumps: a tick that lay about while its sender was frozen says nothing.</param>
    public sealed record Tick(string Seed, DateTimeOffset At, string Session = "", long Stamp = 0);
}
