using System.Text.Json;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>
/// Carries out operators' commands on the active coordinator. Guarantee: a change is audited with who, when, why and how it ended,
/// refused ones too, and the clip's own events name who caused them.
/// </summary>
/// <param name="queues">What can be seen and done with queues; null for a bus that has none.</param>
public sealed class OperatorHandler(IQueueDesk? queues) : IOperatorHandler
{
    internal IQueueDesk? Queues => queues;

    public async Task<OperatorProtocol.Reply> HandleAsync(
        ActiveCoordinator coordinator, OperatorProtocol.Request request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        ArgumentNullException.ThrowIfNull(request);
        var (command, arguments) = OperatorRules.Check(request);
        if (!ActiveHandlers.All.TryGetValue(command.Name, out var handler)) throw OperatorRules.NotAvailable(command);
        var call = new OperatorCall(coordinator, this, command, arguments, new Actor(request.By, request.Reason));
        if (!command.IsChange) return await AnswerAsync(handler, call, cancellation).ConfigureAwait(false);
        try
        {
            var reply = await AnswerAsync(handler, call, cancellation).ConfigureAwait(false);
            await AuditAsync(call, "ok").ConfigureAwait(false);
            return reply;
        }
        catch (Depth3DException e)
        {
            await AuditAsync(call, e.What).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<OperatorProtocol.Reply> AnswerAsync(ActiveHandlers.Handler handler, OperatorCall call, CancellationToken cancellation)
    {
        var result = await handler(call, cancellation).ConfigureAwait(false);
        return new(ExitCode.Success, JsonSerializer.Serialize(result, call.Command.Result, OperationJson.Options));
    }

    /// <summary>Not cancellable: what was done is recorded, also when whoever asked has left.</summary>
    private static Task AuditAsync(OperatorCall call, string outcome) => call.Cluster.Journal.AuditAsync(
        new AuditEntry(call.Now, call.Actor.By, call.Actor.Why, call.Command.Name, WhereOf(call), outcome.ReplaceLineEndings(" ")), CancellationToken.None);

    private static string WhereOf(OperatorCall call)
    {
        var shown = call.Command.Arguments.Where(a => a.Kind != ArgumentKind.Json && call.Arguments.Text(a.Name) is not null)
            .Select(a => a.IsPositional ? call.Arguments.Text(a.Name)! : $"--{a.Name} {call.Arguments.Text(a.Name)}");
        var text = string.Join(' ', shown);
        return text.Length > 300 ? text[..300] : text;
    }
}
