using System.Text.Json;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations;

/// <summary>A piece of news as a row that people read.</summary>
internal static class NewsText
{
    private const string Progress = "task-progress";

    /// <returns>Null for what nobody reads line by line.</returns>
    public static EventRow? Of(FeedProtocol.Item item)
    {
        if (item.Kind == Progress) return null;
        using var document = Parse(item.Json);
        var detail = document?.RootElement ?? default;
        var epoch = Field(detail, "epoch") is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : (long?)null;
        return new(item.At, item.Kind, item.Clip?.Value, item.Task?.ToString(), epoch, item.Node?.Value, Terse(Describe(item, detail)));
    }

    private static string Describe(FeedProtocol.Item item, JsonElement detail) => item.Kind switch
    {
        "clip-submitted" => $"recipe {Text(detail, "recipe")}",
        "stage-planned" => $"{Text(detail, "stage")}: {Count(detail, "tasks")} tasks",
        "task-claimed" => $"by {Text(detail, "worker")}",
        "task-completed" => $"{Count(detail, "files")} files",
        _ => Text(detail, "text") is { Length: > 0 } text ? text : Text(detail, "reason") is { Length: > 0 } reason ? reason : Text(detail, "why"),
    };

    private static string Text(JsonElement detail, string name) => Field(detail, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static int Count(JsonElement detail, string name) => Field(detail, name) is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0;

    private static JsonElement? Field(JsonElement detail, string name) =>
        detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty(name, out var value) ? value : null;

    private static string Terse(string text) => text.ReplaceLineEndings(" ") is var line && line.Length > 300 ? line[..300] + "..." : line;

    private static JsonDocument? Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
