using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>Turns what an operator's command throws into an answer in words.</summary>
internal static class OperatorCalls
{
    public static async Task<OperatorProtocol.Reply> AnswerAsync(
        IOperatorHandler operators, ActiveCoordinator coordinator, OperatorProtocol.Request request, CancellationToken cancellation)
    {
        try
        {
            return await operators.HandleAsync(coordinator, request, cancellation).ConfigureAwait(false);
        }
        catch (Depth3DException e)
        {
            return new(e.ExitCode, null, e.What, e.Where, e.Remedy);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            return Unanswered(coordinator.Seed);
        }
        catch (Exception e)
        {
            return new(ExitCode.Failed, null, $"'{request.Command}' failed: {e.Message}", coordinator.Seed.Value, "this is a defect; report it with the seed's log");
        }
    }

    public static OperatorProtocol.Reply Unanswered(NodeId seed) => new(ExitCode.Unreachable, null,
        "no active seed answered in time; the command may or may not have been carried out", seed.Value, "ask again in a few seconds; commands can be repeated");
}
