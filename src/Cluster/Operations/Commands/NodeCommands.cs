using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>node ...</c>; starting a node is a command of the command line alone.</summary>
internal static class NodeCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("node", "list", "Every node with its state, slots and load.",
            OperatorRight.Viewer, typeof(IReadOnlyList<NodeRow>), [new("role", ArgumentKind.Text, "Only nodes of this role.") { Choices = ["preprocess", "trainer", "render"] }]),
        new("node", "show", "Everything about one node: capacity, GPUs, what it runs.",
            OperatorRight.Viewer, typeof(NodeView), [Arguments.Node]),
        new("node", "top", "Load of the nodes and what they run.",
            OperatorRight.Viewer, typeof(IReadOnlyList<NodeLoadRow>), []),
        new("node", "drain", "Let a node finish or checkpoint what it runs and take nothing new; its process stays.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Node]),
        new("node", "cordon", "Give a node nothing new; what it runs goes on.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Node])
        {
            Details = "Kept in the journal, also over restarts of the node.",
        },
        new("node", "uncordon", "Let a cordoned or drained node take work again.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Node]),
    ];
}
