namespace Depth3D.Messages;

/// <summary>
/// What happens in the cluster, for whoever watches: every seed gets every item. Guarantee: at most once; the journal and the audit
/// table are the record, this is the news.
/// </summary>
public static class FeedProtocol
{
    /// <param name="Seed">The active seed that says it.</param>
    /// <param name="At">When, by that seed's clock, UTC.</param>
    /// <param name="Kind">The journal's name of an event such as <c>task-completed</c>; or <c>task-progress</c>, <c>node-up</c>,
    /// <c>node-draining</c>, <c>node-paused</c>, <c>node-left</c>, <c>node-unreachable</c>, <c>seed-active</c>, <c>seed-resigned</c>.</param>
    /// <param name="Clip">The clip it concerns, if one.</param>
    /// <param name="Task">The task it concerns, if one.</param>
    /// <param name="Node">The node it concerns, if one.</param>
    /// <param name="Json">The event itself.</param>
    public sealed record Item(string Seed, DateTimeOffset At, string Kind, ClipId? Clip, TaskId? Task, NodeId? Node, string Json);

    /// <summary>What happened within a moment, in order: tasks may end by the hundred a second, and few people watch.</summary>
    /// <param name="Seed">The active seed that says it.</param>
    /// <param name="News">At least one.</param>
    public sealed record Items(string Seed, IReadOnlyList<Item> News);
}
