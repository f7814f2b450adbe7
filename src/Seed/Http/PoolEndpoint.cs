using System.Text.Json.Nodes;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Seed.Http;

/// <summary><c>GET /api/v1/pools</c>: <c>pool list</c> in the form that autoscalers read, an object with a list.</summary>
internal sealed class PoolEndpoint(SeedDesk desk)
{
    public void Map(IEndpointRouteBuilder app) => app.MapGet("/api/v1/pools", GetAsync);

    private async Task<IResult> GetAsync(HttpContext context, CancellationToken cancellation)
    {
        var caller = Gate.CallerOf(context);
        var reply = await desk.AskAsync(new("pool list", new Dictionary<string, string>(), caller.Name, "", caller.Right), cancellation).ConfigureAwait(false);
        return reply.ExitCode == ExitCode.Success
            ? Results.Text(new JsonObject { ["pools"] = JsonNode.Parse(reply.Json!) }.ToJsonString(OperationJson.Options), "application/json")
            : Answers.Of(reply);
    }
}
