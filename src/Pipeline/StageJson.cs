using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>The small JSON files by which stages hand facts on: indented, enumerations by name, the same bytes for the same value.</summary>
public static class StageJson
{
    private static readonly JsonSerializerOptions Settings = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Write<T>(string path, T value) => File.WriteAllBytes(path, Bytes(value));

    /// <summary>What <see cref="Write"/> writes.</summary>
    public static byte[] Bytes<T>(T value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, Settings) + "\n");

    /// <exception cref="Depth3DException">The file is missing or does not hold a <typeparamref name="T"/>.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Settings) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or IOException)
        {
            throw DamagedArtifact.At(path, $"cannot be read as {typeof(T).Name}: {e.Message}", e);
        }
    }
}
