using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>queue ...</c></summary>
internal static class QueueCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("queue", "list", "Queues of the broker with their messages and consumers.",
            OperatorRight.Viewer, typeof(IReadOnlyList<QueueRow>), []),
        new("queue", "errors", "Messages that could not be handled, and why.",
            OperatorRight.Viewer, typeof(IReadOnlyList<QueueErrorRow>), [CommandArgument.Maybe("queue", ArgumentKind.Text, "Only this queue."), new("limit", ArgumentKind.Integer, "At most this many per queue.") { Default = "50" }]),
        new("queue", "requeue", "Put the messages of an error queue back into their queue.",
            OperatorRight.Operator, typeof(RequeueView), [Arguments.Queue, new("limit", ArgumentKind.Integer, "At most this many.") { Default = "1000" }]),
    ];
}
