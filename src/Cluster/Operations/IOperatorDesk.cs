using Depth3D.Messages;

namespace Depth3D.Cluster.Operations;

/// <summary>
/// Answers operators. A seed's HTTP API asks its own desk; a desk whose seed is not active hands commands of
/// <see cref="CommandPlace.Active"/> on to the active one, over the queue <c>operations</c>. Never throws but for cancellation: what
/// goes wrong is in the reply.
/// </summary>
public interface IOperatorDesk
{
    Task<OperatorProtocol.Reply> AskAsync(OperatorProtocol.Request request, CancellationToken cancellation);
}
