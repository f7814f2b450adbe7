using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>cluster ...</c></summary>
internal static class ClusterCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("cluster", "show", "The nodes, the pools and the clips in numbers.",
            OperatorRight.Viewer, typeof(ClusterView), [new("role", ArgumentKind.Text, "Only nodes of this role.") { Choices = ["preprocess", "trainer", "render"] }]),
        new("cluster", "tail", "What happens in the cluster, as it happens.",
            OperatorRight.Viewer, typeof(IReadOnlyList<EventRow>), [Arguments.Lines(20), Arguments.Follow(byDefault: true), Arguments.MaybeClip with { IsPositional = false }])
        {
            Place = CommandPlace.AnySeed,
        },
        new("cluster", "leave", "Let a node finish or checkpoint what it runs, then end its process.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Node])
        {
            IsDestructive = true,
            Details = "The same as SIGTERM on the node. Its work goes to other nodes; nothing is lost.",
        },
        new("cluster", "down", "Declare a node dead: its leases end now and its results no longer count.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Node])
        {
            IsDestructive = true,
            Details = "For a node that hangs. It comes back when its process is started again.",
        },
        new("cluster", "down-unreachable", "Declare every unreachable node dead.",
            OperatorRight.Operator, typeof(IReadOnlyList<Changed>), [new("older", ArgumentKind.Duration, "Only nodes silent for longer than this.") { Default = "30s" }])
        {
            IsDestructive = true,
        },
    ];
}
