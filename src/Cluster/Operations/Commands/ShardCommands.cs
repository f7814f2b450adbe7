using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>shard ...</c></summary>
internal static class ShardCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("shard", "list", "Shards of the clip space with their owner and owner epoch.",
            OperatorRight.Viewer, typeof(IReadOnlyList<ShardRow>), []),
        new("shard", "stats", "Clips and tasks per shard.",
            OperatorRight.Viewer, typeof(IReadOnlyList<ShardStatsRow>), []),
    ];
}
