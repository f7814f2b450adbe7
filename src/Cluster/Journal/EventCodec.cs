using System.Text.Json;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>Events as JSON lines. A field that a reader does not know is ignored, an event it does not know is an error.</summary>
internal static class EventCodec
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write(ClipEvent happened) => JsonSerializer.Serialize(happened, Options);

    /// <exception cref="Depth3DException">The line is damaged or was written by a newer version.</exception>
    public static ClipEvent Read(string json, string where)
    {
        try
        {
            return JsonSerializer.Deserialize<ClipEvent>(json, Options) ?? throw new JsonException("null is not an event");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new Depth3DException($"the journal holds an event that cannot be read: {e.Message}", where,
                "update depth3d, or run again with --fresh", FailureKind.Storage, e);
        }
    }
}
