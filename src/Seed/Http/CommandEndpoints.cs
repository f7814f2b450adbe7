using System.Text.Json;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Seed.Http;

/// <summary>
/// <c>POST /api/v1/NOUN/VERB</c> with the arguments as a JSON object of texts, <c>reason</c> among them where the command changes
/// something; for what changes nothing also <c>GET</c> with the arguments as the query. Every command of the table, and nothing else.
/// </summary>
internal sealed class CommandEndpoints(SeedDesk desk, Gate gate, Streams streams, CommandCounter counter)
{
    private static readonly JsonSerializerOptions BodyFormat = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        MaxDepth = 2,
    };

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/commands", () => Results.Json(CommandTable.All.Select(Describe), OperationJson.Options));
        foreach (var command in CommandTable.All)
        {
            var path = $"/api/v1/{command.Noun}/{command.Verb}";
            app.MapPost(path, context => PostAsync(context, command));
            app.MapGet(path, context => command.IsChange ? RefuseGetAsync(context, command) : GetAsync(context, command));
        }
    }

    private static object Describe(CommandDefinition c) => new
    {
        c.Noun,
        c.Verb,
        c.Summary,
        c.Details,
        c.Right,
        c.IsDestructive,
        c.CanFollow,
        c.Arguments,
        c.Shape.IsList,
        c.Shape.Columns,
        Parts = c.Shape.Parts.Select(p => new { p.Title, p.Property, p.Shape.Columns }),
    };

    private async Task PostAsync(HttpContext context, CommandDefinition command)
    {
        if (!context.Request.HasJsonContentType())
        {
            await Answers.Problem(StatusCodes.Status415UnsupportedMediaType, ExitCode.Usage, "the body must be application/json", command.Name, null)
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        Dictionary<string, string>? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(context.Request.Body, BodyFormat, context.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            await Answers.Problem(StatusCodes.Status400BadRequest, ExitCode.Usage, $"the body cannot be read: {e.Message.Split(" Path:")[0]}", command.Name,
                "send an object of texts: {\"clip\": \"my-clip\", \"reason\": \"...\"}").ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        var arguments = body ?? [];
        var reason = command.IsChange && arguments.Remove(CommandDefinition.Reason.Name, out var why) ? why : "";
        await AnswerAsync(context, command, arguments, reason ?? "").ConfigureAwait(false);
    }

    /// <summary>A link or a picture's address must never change anything.</summary>
    private static Task RefuseGetAsync(HttpContext context, CommandDefinition command)
    {
        context.Response.Headers.Allow = "POST";
        return Answers.Problem(StatusCodes.Status405MethodNotAllowed, ExitCode.Usage, $"'{command.Name}' changes something", null, "send it by POST").ExecuteAsync(context);
    }

    private async Task GetAsync(HttpContext context, CommandDefinition command)
    {
        if (context.Request.Query.FirstOrDefault(q => q.Value.Count != 1) is { Key: { } twice })
        {
            await Answers.Problem(StatusCodes.Status400BadRequest, ExitCode.Usage, $"'{twice}' is given more than once", command.Name, null)
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        var arguments = context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        await AnswerAsync(context, command, arguments, "").ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, CommandDefinition command, Dictionary<string, string> arguments, string reason)
    {
        var caller = Gate.CallerOf(context);
        var request = new OperatorProtocol.Request(command.Name, arguments, caller.Name, reason, caller.Right);
        if (caller.Right < command.Right)
        {
            gate.NoteDenied();
            await Answers.Forbidden($"'{command.Name}' needs the right of an operator; '{caller.Name}' is a viewer").ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        if (command.CanFollow && (arguments.GetValueOrDefault("follow") ?? Followed(command)) == "true")
        {
            await streams.SendAsync(context, cancellation => desk.FollowAsync(request, cancellation)).ConfigureAwait(false);
            return;
        }

        var reply = await desk.AskAsync(request, context.RequestAborted).ConfigureAwait(false);
        counter.Note(command.Name, reply.ExitCode);
        await Answers.Of(reply).ExecuteAsync(context).ConfigureAwait(false);
    }

    private static string? Followed(CommandDefinition command) => command.Arguments.First(a => a.Name == "follow").Default;
}
