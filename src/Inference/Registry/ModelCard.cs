using System.Text.Json;
using System.Text.Json.Serialization;
using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>Everything about a model that its file does not say: what it is for, how to feed it, what comes out, its licence.</summary>
public sealed record ModelCard
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Name in the registry: a-z, 0-9, '.', '_', '-'.</summary>
    public string Name { get; init; } = "";

    public required ModelTask Task { get; init; }

    /// <summary>File name of the model beside the card.</summary>
    public string File { get; init; } = "";

    /// <summary>Lower-case hexadecimal SHA-256 of the file.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Licence of the weights, as their publisher states it.</summary>
    public string Licence { get; init; } = "unknown";

    /// <summary>Whether that licence allows commercial use; null when nobody has said.</summary>
    public bool? Commercial { get; init; }

    /// <summary>Where this card comes from: <c>template NAME</c>, <c>card</c>.</summary>
    public string Origin { get; init; } = "card";

    public required ModelInput Input { get; init; }

    public required ModelOutput Output { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <param name="where">The card's file, for messages.</param>
    /// <exception cref="Depth3DException">Not a card, or its values make no sense.</exception>
    public static ModelCard Parse(string json, string where)
    {
        try
        {
            var card = JsonSerializer.Deserialize<ModelCard>(json, Json) ?? throw new JsonException("the card is empty");
            ModelCardRules.Check(card, where);
            return card;
        }
        catch (JsonException e)
        {
            throw new Depth3DException($"not a model card: {e.Message}", where, "see src/Inference/README.md for its fields", inner: e);
        }
    }

    /// <exception cref="Depth3DException">The file is missing, unreadable or no card.</exception>
    public static ModelCard Load(string path)
    {
        try
        {
            return Parse(System.IO.File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the model card cannot be read: {e.Message}", path, "check the path and its permissions", inner: e);
        }
    }
}
