using System.Net;
using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>Reads what a seed says instead of a result: <c>{ exitCode, error, where, remedy }</c>, or whatever a proxy in between said.</summary>
internal static class SeedError
{
    private const int MostShown = 300;

    public static RemoteFailure Read(HttpStatusCode status, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && Text(root, "error") is { } error)
                return new RemoteFailure(error, CodeOf(root) ?? ByStatus(status), Text(root, "where"), Text(root, "remedy") ?? RemedyFor(status));
        }
        catch (JsonException)
        {
            // Not a seed's own answer; what came is shown below.
        }

        var shown = body.Length > MostShown ? body[..MostShown] + "..." : body;
        return new RemoteFailure($"answered {(int)status} {status}{(shown.Length > 0 ? ": " + shown.ReplaceLineEndings(" ") : "")}", ByStatus(status), remedy: RemedyFor(status));
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ExitCode? CodeOf(JsonElement root)
    {
        if (!root.TryGetProperty("exitCode", out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number != 0) return (ExitCode)number;
        return value.ValueKind == JsonValueKind.String && Enum.TryParse<ExitCode>(value.GetString()!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var code) && code != ExitCode.Success
            ? code
            : null;
    }

    private static ExitCode ByStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => ExitCode.Usage,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests => ExitCode.Refused,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ExitCode.Unreachable,
        _ => ExitCode.Failed,
    };

    private static string? RemedyFor(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => $"set {SeedAddress.TokenVariable}, or give --token-file FILE",
        HttpStatusCode.Forbidden => "use a token with the right of an operator",
        _ => null,
    };
}
