using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>
/// The answer to a command: events to journal, or a refusal. Both are set when a result was refused in a way that is itself worth
/// recording; neither when the command repeats what is already so.
/// </summary>
public sealed record Decision(IReadOnlyList<ClipEvent> Events, Refusal? Refusal = null)
{
    public static readonly Decision Unchanged = new([]);

    public bool IsAccepted => Refusal is null;

    public static Decision Accept(params IReadOnlyList<ClipEvent> events) => new(events);

    public static Decision Refuse(Refusal refusal) => new([], refusal);
}
