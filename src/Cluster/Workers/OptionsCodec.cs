using System.Text.Json;
using System.Text.Json.Nodes;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Workers;

/// <summary>The options of a clip as JSON, and where two of them differ.</summary>
internal static class OptionsCodec
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write(DepthOptions options) => JsonSerializer.Serialize(options, Options);

    public static DepthOptions Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DepthOptions>(json, Options) ?? throw new JsonException("null is not a set of options");
        }
        catch (JsonException e)
        {
            throw new Depth3DException($"the clip's options cannot be read: {e.Message}", remedy: "run again with --fresh",
                kind: FailureKind.Storage, inner: e);
        }
    }

    /// <summary>One line per option that differs: <c>train.steps was 300, now 200</c>.</summary>
    public static IReadOnlyList<string> Differences(string before, string now)
    {
        var (old, current) = (Flatten(before), Flatten(now));
        return old.Keys.Union(current.Keys).Order(StringComparer.Ordinal)
            .Where(key => old.GetValueOrDefault(key) != current.GetValueOrDefault(key))
            .Select(key => $"{key} was {old.GetValueOrDefault(key, "(not set)")}, now {current.GetValueOrDefault(key, "(not set)")}")
            .ToArray();
    }

    private static Dictionary<string, string> Flatten(string json)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        void Walk(JsonNode? node, string path)
        {
            if (node is JsonObject map)
            {
                foreach (var (name, value) in map) Walk(value, path.Length == 0 ? name : $"{path}.{name}");
            }
            else
            {
                values[path] = node?.ToJsonString(Options) ?? "null";
            }
        }

        Walk(JsonNode.Parse(json), "");
        return values;
    }
}
