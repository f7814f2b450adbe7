using Depth3D.Cluster.Operations.Results;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>clip explain</c>: what the scheduler itself would answer.</summary>
internal static class ExplainHandlers
{
    public static async Task<object> ExplainAsync(OperatorCall call, CancellationToken cancellation)
    {
        await call.StateAsync(cancellation).ConfigureAwait(false);
        var reasons = await call.Cluster.Driver.ExplainAsync(call.Clip, call.Arguments.Task(), cancellation).ConfigureAwait(false);
        return (IReadOnlyList<ExplainRow>)[.. reasons.Select(r => new ExplainRow(r.Subject, StateNames.Of(r.Code), r.Text, r.Remedy))];
    }
}
