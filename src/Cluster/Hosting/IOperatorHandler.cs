using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>Carries out what operators ask. Called on the active seed only, whichever seed they reached.</summary>
public interface IOperatorHandler
{
    /// <returns>The answer; a <see cref="Depth3DException"/> thrown is turned into one.</returns>
    Task<OperatorProtocol.Reply> HandleAsync(ActiveCoordinator coordinator, OperatorProtocol.Request request, CancellationToken cancellation);
}
