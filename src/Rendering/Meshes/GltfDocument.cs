using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Rendering.Meshes;

/// <summary>The JSON of a glTF file with its buffers: elements by index, accessors as numbers, each checked against what is there.</summary>
internal sealed class GltfDocument
{
    private readonly JsonElement _root;
    private readonly ReadOnlyMemory<byte>? _binary;
    private readonly MeshFiles _files;
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _buffers = [];

    public GltfDocument(byte[] bytes, MeshFiles files)
    {
        _files = files;
        var (json, binary) = GlbContainer.Split(bytes, files.Main);
        _binary = binary;
        try
        {
            _root = JsonDocument.Parse(json).RootElement;
        }
        catch (JsonException e)
        {
            throw Bad($"its JSON cannot be read: {e.Message}", e);
        }

        if (_root.ValueKind != JsonValueKind.Object || Text(_root, "asset", "version") is not ['2', '.', ..]) throw Bad("no glTF of version 2");
        if (_root.TryGetProperty("extensionsRequired", out var required) && required.ValueKind == JsonValueKind.Array && required.GetArrayLength() > 0
            && required.EnumerateArray().Any(e => !IsHarmless(e.ToString())))
        {
            throw new Depth3DException($"it requires the extensions {required.GetRawText()}, which are not read", files.Main,
                "export it without compression and extensions");
        }
    }

    public JsonElement Root => _root;

    /// <summary>Element of one of the document's lists.</summary>
    public JsonElement Item(string list, int index)
    {
        var items = List(_root, list);
        return (uint)index < (uint)items.Length ? items[index] : throw Bad($"it names {list} {index} of {items.Length}");
    }

    public static JsonElement[] List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];

    /// <summary>A whole number, or null where there is none.</summary>
    public int? Whole(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Bad($"'{name}' is {value.GetRawText()}");
    }

    /// <summary>Numbers of a list, or null where there is none.</summary>
    public float[]? Numbers(JsonElement element, string name, int count)
    {
        if (!element.TryGetProperty(name, out _)) return null;
        var numbers = List(element, name).Select(v => v.ValueKind == JsonValueKind.Number ? v.GetSingle() : float.NaN).ToArray();
        return numbers.Length == count && numbers.All(float.IsFinite) ? numbers : throw Bad($"'{name}' is no list of {count} numbers");
    }

    public static string? Text(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }

    /// <summary>The bytes of a buffer view.</summary>
    public ReadOnlyMemory<byte> View(int index)
    {
        var view = Item("bufferViews", index);
        var buffer = Buffer(Whole(view, "buffer") ?? throw Bad("a view without a buffer"));
        int offset = Whole(view, "byteOffset") ?? 0, length = Whole(view, "byteLength") ?? throw Bad("a view without a length");
        return offset >= 0 && length >= 0 && (long)offset + length <= buffer.Length
            ? buffer.Slice(offset, length)
            : throw Bad($"a view of {length} bytes from {offset} in a buffer of {buffer.Length}");
    }

    /// <summary>What a URI or an embedded text holds.</summary>
    public byte[] Resource(string uri, string what)
    {
        if (!uri.StartsWith("data:", StringComparison.Ordinal)) return _files.Read(Uri.UnescapeDataString(uri), what);
        var comma = uri.IndexOf(',');
        try
        {
            return comma > 0 && uri[..comma].EndsWith(";base64", StringComparison.Ordinal) ? Convert.FromBase64String(uri[(comma + 1)..]) : throw Bad($"its {what} is no base64");
        }
        catch (FormatException e)
        {
            throw Bad($"its {what} is no base64", e);
        }
    }

    public Depth3DException Bad(string what, Exception? inner = null) => new(what, _files.Main, "the file is damaged; export it again", inner: inner);

    private ReadOnlyMemory<byte> Buffer(int index)
    {
        if (_buffers.TryGetValue(index, out var known)) return known;
        var buffer = Item("buffers", index);
        var bytes = Text(buffer, "uri") is { } uri ? Resource(uri, "buffer") : index == 0 && _binary is { } binary ? binary : throw Bad("a buffer without data");
        var length = Whole(buffer, "byteLength") ?? 0;
        if (length < 0 || length > bytes.Length) throw Bad($"a buffer announces {length} bytes and has {bytes.Length}");
        return _buffers[index] = bytes;
    }

    /// <summary>They change how a surface shines or name things; without them it looks plain.</summary>
    private static bool IsHarmless(string extension) =>
        extension is "KHR_materials_unlit" or "KHR_materials_specular" or "KHR_materials_ior" or "KHR_materials_emissive_strength" or "KHR_materials_clearcoat";
}
