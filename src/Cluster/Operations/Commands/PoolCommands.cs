using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>pool ...</c></summary>
internal static class PoolCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("pool", "list", "Slots and waiting tasks per pool; what autoscaling looks at.",
            OperatorRight.Viewer, typeof(IReadOnlyList<PoolRow>), []),
    ];
}
