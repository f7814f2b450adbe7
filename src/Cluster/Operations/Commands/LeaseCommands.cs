using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>lease ...</c></summary>
internal static class LeaseCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("lease", "list", "Every attempt that holds a task.",
            OperatorRight.Viewer, typeof(IReadOnlyList<LeaseRow>), [new("node", ArgumentKind.Node, "Only of this node.")]),
        new("lease", "break", "End a lease now: the task goes to another attempt, the result of this one no longer counts.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Clip, Arguments.Task])
        {
            IsDestructive = true,
        },
    ];
}
