using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Depth3D.Nodes.Render.Exports.Gltf;

/// <summary>Collects the arrays of a binary glTF 2.0 file and writes it. Every array starts at a multiple of four bytes.</summary>
internal sealed class GlbFile
{
    public const int UnsignedShort = 5123, Float = 5126;

    private const int ArrayBuffer = 34962;
    private const uint Magic = 0x46546C67, JsonChunk = 0x4E4F534A, BinaryChunk = 0x004E4942;

    private readonly MemoryStream _data = new();
    private readonly List<object> _views = [];
    private readonly List<object> _accessors = [];

    /// <param name="type"><c>SCALAR</c>, <c>VEC3</c>, ...</param>
    /// <param name="components">Numbers of one element.</param>
    /// <param name="bounds">State the least and the greatest of every component, as positions and times must.</param>
    /// <returns>Index of the accessor.</returns>
    public int AddFloats(float[] values, string type, int components, bool bounds = false, bool vertices = false)
    {
        var accessor = Accessor(Float, type, values.Length / components, Add(MemoryMarshal.AsBytes<float>(values), vertices));
        if (bounds)
        {
            accessor["min"] = Bound(values, components, Math.Min);
            accessor["max"] = Bound(values, components, Math.Max);
        }

        return Add(accessor);
    }

    /// <summary>Four numbers of 0 to 65535 per vertex, read as 0 to 1.</summary>
    public int AddColours(ushort[] rgba)
    {
        var accessor = Accessor(UnsignedShort, "VEC4", rgba.Length / 4, Add(MemoryMarshal.AsBytes<ushort>(rgba), vertices: true));
        accessor["normalized"] = true;
        return Add(accessor);
    }

    /// <param name="content">Everything but buffers, views and accessors.</param>
    public void Write(string path, Dictionary<string, object> content)
    {
        content["buffers"] = new object[] { new Dictionary<string, object> { ["byteLength"] = _data.Length } };
        content["bufferViews"] = _views;
        content["accessors"] = _accessors;
        var json = JsonSerializer.SerializeToUtf8Bytes(content);
        var jsonLength = Padded(json.Length);
        using var file = File.Create(path);
        Words(file, Magic, 2, checked((uint)(12 + 8 + jsonLength + 8 + _data.Length)), (uint)jsonLength, JsonChunk);
        file.Write(json);
        for (var i = json.Length; i < jsonLength; i++) file.WriteByte((byte)' ');
        Words(file, (uint)_data.Length, BinaryChunk);
        _data.WriteTo(file);
    }

    private static Dictionary<string, object> Accessor(int componentType, string type, int count, int view) =>
        new() { ["bufferView"] = view, ["componentType"] = componentType, ["type"] = type, ["count"] = count };

    private int Add(Dictionary<string, object> accessor)
    {
        _accessors.Add(accessor);
        return _accessors.Count - 1;
    }

    private int Add(ReadOnlySpan<byte> bytes, bool vertices)
    {
        var view = new Dictionary<string, object> { ["buffer"] = 0, ["byteOffset"] = _data.Length, ["byteLength"] = bytes.Length };
        if (vertices) view["target"] = ArrayBuffer;
        _views.Add(view);
        _data.Write(bytes);
        while (_data.Length % 4 != 0) _data.WriteByte(0);
        return _views.Count - 1;
    }

    private static float[] Bound(float[] values, int components, Func<float, float, float> pick)
    {
        var result = values[..components];
        for (var i = components; i < values.Length; i++) result[i % components] = pick(result[i % components], values[i]);
        return result;
    }

    private static int Padded(int length) => (length + 3) / 4 * 4;

    private static void Words(Stream stream, params ReadOnlySpan<uint> words)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var word in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
            stream.Write(bytes);
        }
    }
}
