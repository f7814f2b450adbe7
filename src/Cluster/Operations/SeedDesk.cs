using System.Text.Json;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Operations.Handlers;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations;

/// <summary>
/// Where a seed takes operators' requests: checks right and arguments, answers what any seed can answer, and has the active coordinator
/// answer the rest. Never throws but for cancellation: what goes wrong is in the reply.
/// </summary>
public sealed class SeedDesk(IActiveCoordinator seed, SeedFiles files)
{
    public async Task<OperatorProtocol.Reply> AskAsync(OperatorProtocol.Request request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var (command, arguments) = OperatorRules.Check(request);
            if (command.Place == CommandPlace.Active) return await seed.AskAsync(request, cancellation).ConfigureAwait(false);
            if (!LocalHandlers.All.TryGetValue(command.Name, out var answer)) throw OperatorRules.NotAvailable(command);
            var result = await answer(files, arguments, cancellation).ConfigureAwait(false);
            return new(ExitCode.Success, JsonSerializer.Serialize(result, command.Result, OperationJson.Options));
        }
        catch (Depth3DException e)
        {
            return new(e.ExitCode, null, e.What, e.Where, e.Remedy);
        }
    }

    /// <summary>What a following command answers with, row by row: first the last ones, then what comes.</summary>
    /// <exception cref="Depth3DException">The request is refused.</exception>
    public Task<IAsyncEnumerable<object>> FollowAsync(OperatorProtocol.Request request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (command, arguments) = OperatorRules.Check(request);
        return LocalHandlers.Follow.TryGetValue(command.Name, out var stream)
            ? stream(files, arguments, cancellation)
            : throw OperatorRules.NotAvailable(command);
    }
}
