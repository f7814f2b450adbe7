using System.Text.Json;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>
/// Events as JSON lines. A field that a reader does not know is ignored, an event it does not know is an error. Lines of the journal carry
/// their checksum as a last field, because a flipped bit may leave a line that reads well and says something else.
/// </summary>
internal static class EventCodec
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write(ClipEvent happened) => JsonSerializer.Serialize(happened, Options);

    /// <summary>A line with its checksum.</summary>
    public static string Seal(string json) => LineSeal.Put(json);

    /// <exception cref="Depth3DException">The line is damaged or was written by a newer version.</exception>
    public static ClipEvent Read(string json, string where)
    {
        try
        {
            if (!IsWhole(json)) throw new JsonException("its checksum does not fit");
            return JsonSerializer.Deserialize<ClipEvent>(json, Options) ?? throw new JsonException("null is not an event");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new Depth3DException($"the journal holds an event that cannot be read: {e.Message}", where,
                "update depth3d, or run again with --fresh", FailureKind.Storage, e);
        }
    }

    /// <summary>Lines of earlier versions have no checksum and pass.</summary>
    private static bool IsWhole(string json) => LineSeal.Holds(json) || !LineSeal.IsOn(json);
}
