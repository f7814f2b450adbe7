using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting.Settings;

/// <summary>The configuration file: JSON, nested or with dotted names, in which every key is known and written once.</summary>
/// <param name="Path">Where it lies; null when there is none.</param>
/// <param name="Values">Text of each value by key; lists joined with commas, maps as <c>name=value</c>.</param>
internal sealed record SettingFile(string? Path, IReadOnlyDictionary<string, string> Values)
{
    private const int MaxBytes = 1 << 20;

    public static readonly SettingFile Empty = new(null, new Dictionary<string, string>());

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 8,
        AllowDuplicateProperties = false,
    };

    public static SettingFile Load(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (info.Length > MaxBytes) throw new Depth3DException($"is larger than {MaxBytes} bytes", path, kind: FailureKind.Usage);
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Strict);
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            Flatten(document.RootElement, "", values, path);
            RefuseReadableSecrets(info, values);
            return new SettingFile(path, values);
        }
        catch (JsonException e)
        {
            throw new Depth3DException($"is no configuration: {e.Message}", path, kind: FailureKind.Usage, inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"cannot be read: {e.Message}", path, kind: FailureKind.Usage, inner: e);
        }
    }

    private static void Flatten(JsonElement element, string prefix, Dictionary<string, string> values, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new Depth3DException("is no JSON object", path, "write e.g. { \"store\": \"/mnt/depth3d\" }", FailureKind.Usage);
        foreach (var property in element.EnumerateObject())
        {
            var key = prefix + property.Name;
            if (NodeSettings.All.Any(s => s.Key == key))
                Add(values, key, TextOf(property.Value, $"{path}: {key}"), path);
            else if (property.Value.ValueKind == JsonValueKind.Object && NodeSettings.All.Any(s => s.Key.StartsWith(key + ".", StringComparison.Ordinal)))
                Flatten(property.Value, key + ".", values, path);
            else
                throw Unknown(key, path);
        }
    }

    private static void Add(Dictionary<string, string> values, string key, string text, string path)
    {
        if (!values.TryAdd(key, text)) throw new Depth3DException("is there twice", $"{path}: {key}", kind: FailureKind.Usage);
    }

    private static string TextOf(JsonElement value, string where) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(v => TextOf(v, where))),
        JsonValueKind.Object => string.Join(',', value.EnumerateObject().Select(p => $"{p.Name}={TextOf(p.Value, where)}")),
        _ => throw new Depth3DException("has no value", where, "leave it out instead", FailureKind.Usage),
    };

    private static Depth3DException Unknown(string key, string path) => new(
        $"'{key}' is not known; expected {string.Join(", ", NodeSettings.All.Select(s => s.Key))}", path, kind: FailureKind.Usage);

    private static void RefuseReadableSecrets(FileInfo file, Dictionary<string, string> values)
    {
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if ((file.UnixFileMode & others) != 0 && NodeSettings.All.Any(s => s.Secret && values.ContainsKey(s.Key)))
            throw new Depth3DException("holds a password and every user of this machine can read it", file.FullName, $"chmod 600 {file.FullName}", FailureKind.Usage);
    }
}
