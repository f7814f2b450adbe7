using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>Refuses a message before anything of it is read: one that is too large, not from this program, or of an unknown version.</summary>
internal sealed class MessageGuard(int maxBytes) : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (context.Body.Length is { } bytes && bytes > maxBytes)
            throw new MessageRefusedException($"it has {bytes} bytes, and this queue takes {maxBytes}");
        MessageVersion.Check(context.TransportHeaders);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("messageGuard");
}
