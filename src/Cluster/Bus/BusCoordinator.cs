using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;

namespace Depth3D.Cluster.Bus;

/// <summary>
/// The coordinator at the other end of a bus, on whichever seed is active. Every request has a time-out of its own; callers bound the wait
/// besides.
/// </summary>
internal sealed class BusCoordinator(ClusterBus bus, Func<ClipId, string> queueOf, TimeSpan timeout) : ICoordinator
{
    public async Task<TaskProtocol.ClaimAnswer> ClaimAsync(TaskProtocol.Claim message, CancellationToken cancellation)
    {
        var answer = await bus.AskAsync<TaskProtocol.Claim, TaskProtocol.ClaimAnswer>(queueOf(message.Clip), message, timeout, cancellation)
            .ConfigureAwait(false);
        return answer.Refusal is Refusal.Unavailable ? throw Unavailable(message.Clip) : answer;
    }

    public Task<InputProtocol.Page> InputsAsync(InputProtocol.Ask message, CancellationToken cancellation) =>
        bus.AskAsync<InputProtocol.Ask, InputProtocol.Page>(queueOf(message.Clip), message, timeout, cancellation);

    public Task<TaskProtocol.Answer> RenewAsync(TaskProtocol.Renew message, CancellationToken cancellation) => AskAsync(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> DoneAsync(TaskProtocol.Done message, CancellationToken cancellation) => AskAsync(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> FailedAsync(TaskProtocol.Failed message, CancellationToken cancellation) => AskAsync(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> ReleasedAsync(TaskProtocol.Released message, CancellationToken cancellation) => AskAsync(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> PlannedAsync(PlanProtocol.Planned message, CancellationToken cancellation) => AskAsync(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> PlanFailedAsync(PlanProtocol.Failed message, CancellationToken cancellation) => AskAsync(message.Clip, message, cancellation);

    public Task ProgressAsync(TaskProtocol.Progress message, CancellationToken cancellation) =>
        bus.SendAsync(Queues.Observers, message, timeout, cancellation);

    private async Task<TaskProtocol.Answer> AskAsync<TMessage>(ClipId clip, TMessage message, CancellationToken cancellation)
        where TMessage : class
    {
        var answer = await bus.AskAsync<TMessage, TaskProtocol.Answer>(queueOf(clip), message, timeout, cancellation).ConfigureAwait(false);
        return answer.Refusal is Refusal.Unavailable ? throw Unavailable(clip) : answer;
    }

    private static Depth3DException Unavailable(ClipId clip) =>
        new("the coordinator changes or cannot reach its journal", clip.Value, "nothing: it is asked again", FailureKind.Transient);
}
