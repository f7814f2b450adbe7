using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>store ...</c></summary>
internal static class StoreCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("store", "verify", "Recompute the hash of every accepted file.",
            OperatorRight.Viewer, typeof(StoreReport), [Arguments.MaybeClip])
        {
            Place = CommandPlace.AnySeed,
        },
        new("store", "gc", "Delete what nothing needs: superseded attempts, unpublished files, uploads no clip names.",
            OperatorRight.Operator, typeof(GarbageReport), [Arguments.MaybeClip, new("dry-run", ArgumentKind.Flag, "Only say what would be deleted.")])
        {
            IsDestructive = true,
        },
    ];
}
