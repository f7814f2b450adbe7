using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Hosting;

/// <summary>The queues that only the active seed consumes: the clips' shards, heartbeats, operators' requests.</summary>
internal static class CoordinatorQueues
{
    private const int Concurrency = 16;

    public static async Task<IReadOnlyList<BusQueue>> ConnectAsync(ActiveCoordinator coordinator, CoordinatorSetup setup, CancellationToken cancellation)
    {
        var connecting = Enumerable.Range(0, setup.Shards).Select(shard => setup.Bus.ConnectAsync(
            Queues.Shard(shard), EndpointKind.Clips, Concurrency, endpoint => Answer(endpoint, coordinator.Answers), cancellation)).ToList();
        connecting.Add(setup.Bus.ConnectAsync(Queues.Registry, EndpointKind.Registry, Concurrency, endpoint => Hear(endpoint, coordinator), cancellation));
        if (setup.ObservesProgress)
        {
            connecting.Add(setup.Bus.ConnectAsync(Queues.ObserversOf(setup.Seed.Value), EndpointKind.Observers, 1, endpoint =>
                endpoint.Handler<TaskProtocol.Progress>(context => coordinator.Answers.ProgressAsync(context.Message, context.CancellationToken)), cancellation));
        }

        if (setup.Operators is { } operators)
        {
            connecting.Add(setup.Bus.ConnectAsync(Queues.Operations, EndpointKind.Operations, Concurrency, endpoint =>
                endpoint.Handler<OperatorProtocol.Request>(async context => await context.RespondAsync(
                    await OperatorCalls.AnswerAsync(operators, coordinator, context.Message, context.CancellationToken).ConfigureAwait(false))
                    .ConfigureAwait(false)), cancellation));
        }

        return await Task.WhenAll(connecting).ConfigureAwait(false);
    }

    private static void Hear(IReceiveEndpointConfigurator endpoint, ActiveCoordinator coordinator)
    {
        endpoint.Handler<NodeProtocol.Heartbeat>(context =>
        {
            coordinator.Hear(context.Message);
            return Task.CompletedTask;
        });
        endpoint.Handler<NodeProtocol.Left>(context =>
        {
            coordinator.Nodes.Left(context.Message);
            return Task.CompletedTask;
        });
    }

    private static void Answer(IReceiveEndpointConfigurator endpoint, ICoordinator coordinator)
    {
        endpoint.Handler<TaskProtocol.Claim>(async context => await context.RespondAsync(
            await DecideAsync(() => coordinator.ClaimAsync(context.Message, context.CancellationToken), refusal => new TaskProtocol.ClaimAnswer(null, refusal))
                .ConfigureAwait(false)).ConfigureAwait(false));
        endpoint.Handler<InputProtocol.Ask>(async context => await context.RespondAsync(
            await DecideAsync(() => coordinator.InputsAsync(context.Message, context.CancellationToken), refusal => new InputProtocol.Page([], null, refusal))
                .ConfigureAwait(false)).ConfigureAwait(false));
        Answer<TaskProtocol.Renew>(endpoint, coordinator.RenewAsync);
        Answer<TaskProtocol.Done>(endpoint, coordinator.DoneAsync);
        Answer<TaskProtocol.Failed>(endpoint, coordinator.FailedAsync);
        Answer<TaskProtocol.Released>(endpoint, coordinator.ReleasedAsync);
        Answer<PlanProtocol.Planned>(endpoint, coordinator.PlannedAsync);
        Answer<PlanProtocol.Failed>(endpoint, coordinator.PlanFailedAsync);
    }

    private static void Answer<TMessage>(IReceiveEndpointConfigurator endpoint, Func<TMessage, CancellationToken, Task<TaskProtocol.Answer>> answer)
        where TMessage : class =>
        endpoint.Handler<TMessage>(async context => await context.RespondAsync(
            await DecideAsync(() => answer(context.Message, context.CancellationToken), refusal => new TaskProtocol.Answer(refusal)).ConfigureAwait(false))
            .ConfigureAwait(false));

    /// <summary>
    /// What the journal refuses or cannot store is no fault of the message: whoever asked asks again, maybe another seed by then. Only
    /// defects go to the error queue.
    /// </summary>
    private static async Task<TAnswer> DecideAsync<TAnswer>(Func<Task<TAnswer>> decide, Func<Refusal, TAnswer> refuse)
    {
        try
        {
            return await decide().ConfigureAwait(false);
        }
        catch (Exception e) when (e is Depth3DException or OperationCanceledException or ObjectDisposedException)
        {
            return refuse(Refusal.Unavailable);
        }
    }
}
