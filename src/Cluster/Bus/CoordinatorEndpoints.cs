using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>The coordinator's queues on a bus.</summary>
internal sealed class CoordinatorEndpoints(ICoordinator coordinator)
{
    private const int Concurrency = 16;

    public void Configure(IBusFactoryConfigurator bus, IClusterTransport transport)
    {
        bus.ReceiveEndpoint(Queues.Clips(default), endpoint =>
        {
            transport.Configure(endpoint, EndpointKind.Clips, Concurrency);
            Answer<TaskProtocol.Claim, TaskProtocol.ClaimAnswer>(endpoint, coordinator.ClaimAsync);
            Answer<TaskProtocol.Renew, TaskProtocol.Answer>(endpoint, coordinator.RenewAsync);
            Answer<TaskProtocol.Done, TaskProtocol.Answer>(endpoint, coordinator.DoneAsync);
            Answer<TaskProtocol.Failed, TaskProtocol.Answer>(endpoint, coordinator.FailedAsync);
            Answer<TaskProtocol.Released, TaskProtocol.Answer>(endpoint, coordinator.ReleasedAsync);
            Answer<PlanProtocol.Planned, TaskProtocol.Answer>(endpoint, coordinator.PlannedAsync);
            Answer<PlanProtocol.Failed, TaskProtocol.Answer>(endpoint, coordinator.PlanFailedAsync);
        });
        bus.ReceiveEndpoint(Queues.ObserversOf("seed"), endpoint =>
        {
            transport.Configure(endpoint, EndpointKind.Observers, 1);
            endpoint.Handler<TaskProtocol.Progress>(context => coordinator.ProgressAsync(context.Message, context.CancellationToken));
        });
    }

    private static void Answer<TMessage, TAnswer>(IReceiveEndpointConfigurator endpoint, Func<TMessage, CancellationToken, Task<TAnswer>> answer)
        where TMessage : class
        where TAnswer : class =>
        endpoint.Handler<TMessage>(async context =>
            await context.RespondAsync(await answer(context.Message, context.CancellationToken).ConfigureAwait(false)).ConfigureAwait(false));
}
