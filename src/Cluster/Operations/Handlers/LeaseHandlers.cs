using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>lease ...</c></summary>
internal static class LeaseHandlers
{
    public static async Task<object> ListAsync(OperatorCall call, CancellationToken cancellation)
    {
        var node = call.Arguments.Node();
        return (IReadOnlyList<LeaseRow>)[.. LiveClips.Leases(await LiveClips.OfAsync(call.Cluster, cancellation).ConfigureAwait(false), call.Now)
            .Where(l => node is null || l.Node == node.Value.Value)];
    }

    /// <summary>The epoch is the fence: once released, the attempt's result is refused, whenever it comes.</summary>
    public static async Task<object> BreakAsync(OperatorCall call, CancellationToken cancellation)
    {
        var state = await call.StateAsync(cancellation).ConfigureAwait(false);
        var id = call.Arguments.Task()!.Value;
        var task = TaskHandlers.Find(state, call.Clip, id);
        if (task.Phase != TaskPhase.Running) throw NotHeld(call, id, TaskHandlers.StateOf(state, id));
        var reason = $"lease broken by {call.Actor.By}{(call.Actor.Why.Length > 0 ? $": {call.Actor.Why}" : "")}";
        var decision = await call.Cluster.Clips.ApplyAsync(call.Clip, new ClipCommand.Release(call.Now, id, task.Epoch, reason), cancellation).ConfigureAwait(false);
        if (!decision.IsAccepted) throw NotHeld(call, id, "no longer running");
        return new Changed($"{call.Clip} {id}", "waiting", $"attempt {task.Epoch} on {task.Worker} no longer counts; the task is given out again");
    }

    private static Depth3DException NotHeld(OperatorCall call, TaskId id, string state) =>
        new($"nobody holds the task; it is {state}", $"{call.Clip} {id}", "run: depth3d lease list", FailureKind.Refused);
}
