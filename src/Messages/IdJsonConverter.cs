using System.Text.Json;
using System.Text.Json.Serialization;

namespace Depth3D.Messages;

/// <summary>Writes an id as its text, so that a journal line or a message reads as a person would write it, and checks it when read.</summary>
internal abstract class IdJsonConverter<T>(Func<string, T> parse) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);

    private T Parse(string? text)
    {
        try
        {
            return parse(text ?? "");
        }
        catch (Depth3DException e)
        {
            throw new JsonException(e.Message, e);
        }
    }
}

internal sealed class ClipIdJsonConverter() : IdJsonConverter<ClipId>(text => new ClipId(text));

internal sealed class StageNameJsonConverter() : IdJsonConverter<StageName>(text => new StageName(text));

internal sealed class TaskIdJsonConverter() : IdJsonConverter<TaskId>(TaskId.Parse);

internal sealed class NodeIdJsonConverter() : IdJsonConverter<NodeId>(text => new NodeId(text));

internal sealed class ClipPartJsonConverter() : IdJsonConverter<ClipPart>(ClipPart.Parse);
