using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>queue ...</c></summary>
internal static class QueueHandlers
{
    public static async Task<object> ListAsync(OperatorCall call, CancellationToken cancellation)
    {
        var names = Enumerable.Range(0, call.Cluster.Clips.Ownership.Count).Select(Queues.Shard)
            .Concat([Queues.Election, Queues.Registry, Queues.Operations]).Concat(call.Cluster.Nodes.List().Select(n => Queues.Node(n.Id)));
        return (IReadOnlyList<QueueRow>)[.. (await Desk(call).ListAsync(names, cancellation).ConfigureAwait(false))
            .Select(q => new QueueRow(q.Name, q.Messages, q.Consumers, q.Errors))];
    }

    public static async Task<object> ErrorsAsync(OperatorCall call, CancellationToken cancellation) =>
        (IReadOnlyList<QueueErrorRow>)[.. (await Desk(call).ErrorsAsync(call.Arguments.Text("queue"), Limit(call), cancellation).ConfigureAwait(false))
            .Select(e => new QueueErrorRow(e.Queue, e.Id, e.At, e.Type, e.Reason))];

    public static async Task<object> RequeueAsync(OperatorCall call, CancellationToken cancellation)
    {
        var queue = call.Arguments.Text("queue")!;
        var moved = await Desk(call).RequeueAsync(queue, Limit(call), cancellation).ConfigureAwait(false);
        var left = (await Desk(call).ListAsync([queue], cancellation).ConfigureAwait(false)).Sum(q => q.Errors);
        return new RequeueView(queue, moved, left);
    }

    private static int Limit(OperatorCall call) => Math.Clamp(call.Arguments.Integer("limit") ?? 0, 1, 10_000);

    private static IQueueDesk Desk(OperatorCall call) =>
        call.Desk.Queues ?? throw new Depth3DException("this cluster runs on a bus without queues to look at", call.Command.Name, kind: FailureKind.Refused);
}
