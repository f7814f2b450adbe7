namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>Handlers of the commands that only the active coordinator answers, by name.</summary>
internal static class ActiveHandlers
{
    public delegate Task<object> Handler(OperatorCall call, CancellationToken cancellation);

    public static readonly IReadOnlyDictionary<string, Handler> All = new Dictionary<string, Handler>(StringComparer.Ordinal)
    {
        ["cluster show"] = ClusterHandlers.ShowAsync,
        ["cluster leave"] = NodeOrderHandlers.LeaveAsync,
        ["cluster down"] = NodeOrderHandlers.DownAsync,
        ["cluster down-unreachable"] = NodeOrderHandlers.DownUnreachableAsync,
        ["node list"] = ClusterHandlers.NodesAsync,
        ["node show"] = ClusterHandlers.NodeAsync,
        ["node top"] = ClusterHandlers.TopAsync,
        ["node drain"] = NodeOrderHandlers.DrainAsync,
        ["node cordon"] = NodeOrderHandlers.CordonAsync,
        ["node uncordon"] = NodeOrderHandlers.UncordonAsync,
        ["pool list"] = ClusterHandlers.PoolsAsync,
        ["clip submit"] = SubmitHandlers.SubmitAsync,
        ["clip check"] = SubmitHandlers.CheckAsync,
        ["clip list"] = ClipHandlers.ListAsync,
        ["clip show"] = ClipHandlers.ShowAsync,
        ["clip tree"] = ClipHandlers.TreeAsync,
        ["clip pause"] = SteerHandlers.PauseAsync,
        ["clip resume"] = SteerHandlers.ResumeAsync,
        ["clip priority"] = SteerHandlers.PriorityAsync,
        ["clip retry"] = SteerHandlers.RetryAsync,
        ["clip eat"] = SteerHandlers.EatAsync,
        ["clip cancel"] = SteerHandlers.CancelAsync,
        ["clip explain"] = ExplainHandlers.ExplainAsync,
        ["task list"] = TaskHandlers.ListAsync,
        ["task show"] = TaskHandlers.ShowAsync,
        ["shard list"] = ShardHandlers.ListAsync,
        ["shard stats"] = ShardHandlers.StatsAsync,
        ["queue list"] = QueueHandlers.ListAsync,
        ["queue errors"] = QueueHandlers.ErrorsAsync,
        ["queue requeue"] = QueueHandlers.RequeueAsync,
        ["lease list"] = LeaseHandlers.ListAsync,
        ["lease break"] = LeaseHandlers.BreakAsync,
        ["store gc"] = CollectHandlers.CollectAsync,
    };
}
