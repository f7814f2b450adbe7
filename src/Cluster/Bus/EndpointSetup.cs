using MassTransit;
using MassTransit.Middleware;

namespace Depth3D.Cluster.Bus;

/// <summary>What both transports have in common: how a bus sends, how a queue is consumed, where messages go that cannot be read.</summary>
internal static class EndpointSetup
{
    public static void Prepare(IBusFactoryConfigurator bus)
    {
        // A bus made without the dependency container has no usage telemetry; this keeps it off if that ever changes.
        Environment.SetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY", "false");
        MessageVersion.Stamp(bus);
        bus.SendTopology.ErrorQueueNameFormatter = OneQueue.Instance;
        bus.SendTopology.DeadLetterQueueNameFormatter = OneQueue.Instance;
    }

    public static void Configure(IReceiveEndpointConfigurator endpoint, EndpointKind kind, int concurrency)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.PrefetchCount = concurrency;
        endpoint.ConcurrentMessageLimit = concurrency;
        endpoint.ConfigureConsumeTopology = false;
        // Who asked is told; nobody else wants to know, and publishing to nobody would leave an exchange per message type.
        endpoint.PublishFaults = false;
        var policy = EndpointPolicy.Of(kind);
        if (policy.IsQuorum) Guard(endpoint, policy.MaxBytes);
        else Discard(endpoint, policy.MaxBytes);
    }

    /// <summary>Receive filters run outside of the bus's own rescue, so the guard brings one along.</summary>
    private static void Guard(IReceiveEndpointConfigurator endpoint, int maxBytes)
    {
        var toErrors = Pipe.New<ExceptionReceiveContext>(pipe => pipe.UseFilter(new ErrorTransportFilter()));
        endpoint.ConfigureReceive(receive =>
        {
            receive.UseRescue(toErrors, e => e.Handle<MessageRefusedException>());
            receive.UseFilter(new MessageGuard(maxBytes));
        });
        endpoint.ConfigureDeadLetter(unknown => unknown.UseExecute(_ => throw new MessageRefusedException("nothing here handles its type")));
    }

    /// <summary>Copies for whoever looks are not worth an error queue.</summary>
    private static void Discard(IReceiveEndpointConfigurator endpoint, int maxBytes)
    {
        var away = Pipe.Empty<ExceptionReceiveContext>();
        endpoint.ConfigureReceive(receive =>
        {
            receive.UseRescue(away, e => e.Handle<MessageRefusedException>());
            receive.UseFilter(new MessageGuard(maxBytes));
        });
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
    }

    private sealed class OneQueue : IErrorQueueNameFormatter, IDeadLetterQueueNameFormatter
    {
        public static readonly OneQueue Instance = new();

        public string FormatErrorQueueName(string queueName) => Queues.Errors;

        public string FormatDeadLetterQueueName(string queueName) => Queues.Errors;
    }
}
