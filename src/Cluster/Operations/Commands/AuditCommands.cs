using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>audit ...</c></summary>
internal static class AuditCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("audit", "tail", "The last changes by operators and by the cluster itself.",
            OperatorRight.Viewer, typeof(IReadOnlyList<AuditRow>), [Arguments.Lines(50), Arguments.Follow()])
        {
            Place = CommandPlace.AnySeed,
        },
    ];
}
