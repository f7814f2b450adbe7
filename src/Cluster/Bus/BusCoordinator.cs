using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>The coordinator at the other end of a bus. Every request has a time-out of its own; callers bound the wait besides.</summary>
internal sealed class BusCoordinator(Lazy<IBus> bus, IClusterTransport transport, TimeSpan timeout) : ICoordinator
{
    public Task<TaskProtocol.ClaimAnswer> ClaimAsync(TaskProtocol.Claim message, CancellationToken cancellation) =>
        AskAsync<TaskProtocol.Claim, TaskProtocol.ClaimAnswer>(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> RenewAsync(TaskProtocol.Renew message, CancellationToken cancellation) =>
        AskAsync<TaskProtocol.Renew, TaskProtocol.Answer>(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> DoneAsync(TaskProtocol.Done message, CancellationToken cancellation) =>
        AskAsync<TaskProtocol.Done, TaskProtocol.Answer>(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> FailedAsync(TaskProtocol.Failed message, CancellationToken cancellation) =>
        AskAsync<TaskProtocol.Failed, TaskProtocol.Answer>(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> ReleasedAsync(TaskProtocol.Released message, CancellationToken cancellation) =>
        AskAsync<TaskProtocol.Released, TaskProtocol.Answer>(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> PlannedAsync(PlanProtocol.Planned message, CancellationToken cancellation) =>
        AskAsync<PlanProtocol.Planned, TaskProtocol.Answer>(message.Clip, message, cancellation);

    public Task<TaskProtocol.Answer> PlanFailedAsync(PlanProtocol.Failed message, CancellationToken cancellation) =>
        AskAsync<PlanProtocol.Failed, TaskProtocol.Answer>(message.Clip, message, cancellation);

    public async Task ProgressAsync(TaskProtocol.Progress message, CancellationToken cancellation)
    {
        var endpoint = await bus.Value.GetSendEndpoint(transport.Address(Queues.Observers)).ConfigureAwait(false);
        await endpoint.Send(message, cancellation).WaitAsync(timeout, cancellation).ConfigureAwait(false);
    }

    private async Task<TAnswer> AskAsync<TMessage, TAnswer>(ClipId clip, TMessage message, CancellationToken cancellation)
        where TMessage : class
        where TAnswer : class
    {
        var limit = RequestTimeout.After(ms: (int)timeout.TotalMilliseconds);
        var client = bus.Value.CreateRequestClient<TMessage>(transport.Address(Queues.Clips(clip)), limit);
        var response = await client.GetResponse<TAnswer>(message, cancellation).WaitAsync(timeout, cancellation).ConfigureAwait(false);
        return response.Message;
    }
}
