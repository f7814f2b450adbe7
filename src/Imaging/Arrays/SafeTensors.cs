using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// safetensors files: a length, a JSON header, raw bytes. Nothing in them is executed. Tensors are written in the order given, metadata by
/// name, so the same content gives the same bytes; the reader checks every offset.
/// </summary>
public static class SafeTensors
{
    private const int MaxHeaderBytes = 100 << 20; // the format's own limit
    private const string MetadataKey = "__metadata__";

    public static void Write(string path, IReadOnlyList<(string Name, DType Type, long[] Shape, ReadOnlyMemory<byte> Bytes)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = Header(tensors, metadata);
        OutputFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in tensors) stream.Write(tensor.Bytes.Span);
        });
    }

    /// <exception cref="Depth3DException">Missing, truncated, or a header whose shapes, types and offsets do not fit the file.</exception>
    public static SafeTensorsFile Read(string path)
    {
        var file = InputFile.ReadAll(path, Array.MaxLength);
        if (file.Length < 10) throw Bad("truncated", path);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > MaxHeaderBytes || length > (ulong)file.Length - 8) throw Bad($"the header claims {length} bytes, {file.Length - 8} are there", path);
        try
        {
            using var json = JsonDocument.Parse(file.AsMemory(8, (int)length), new JsonDocumentOptions { MaxDepth = 8 });
            return Tensors(json.RootElement, file.AsMemory(8 + (int)length), path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new Depth3DException($"the header is damaged: {e.Message}", path, "the file is no safetensors file", inner: e);
        }
    }

    private static byte[] Header(IReadOnlyList<(string Name, DType Type, long[] Shape, ReadOnlyMemory<byte> Bytes)> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (name, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(name, value);
                json.WriteEndObject();
            }

            long offset = 0;
            var seen = new HashSet<string>(StringComparer.Ordinal) { MetadataKey };
            foreach (var (name, type, shape, bytes) in tensors)
            {
                if (!seen.Add(name)) throw new ArgumentException($"tensor name '{name}' is doubled or reserved");
                if (Bytes(type, shape) != bytes.Length)
                    throw new ArgumentException($"tensor '{name}': {bytes.Length} bytes for {type} ({string.Join(", ", shape)})");
                json.WriteStartObject(name);
                json.WriteString("dtype", Code(type));
                json.WriteStartArray("shape");
                foreach (var side in shape) json.WriteNumberValue(side);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var padded = new byte[(buffer.WrittenCount + 7) / 8 * 8]; // data starts at a multiple of 8
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    private static SafeTensorsFile Tensors(JsonElement root, ReadOnlyMemory<byte> data, string path)
    {
        var tensors = new Dictionary<string, TensorData>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        long total = 0;
        foreach (var entry in root.EnumerateObject())
        {
            if (entry.Name == MetadataKey)
            {
                foreach (var pair in entry.Value.EnumerateObject()) metadata[pair.Name] = pair.Value.GetString() ?? "";
                continue;
            }

            var type = Type(entry.Value.GetProperty("dtype").GetString(), entry.Name, path);
            var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64()).ToArray();
            var offsets = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
            if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > data.Length)
                throw Bad($"tensor '{entry.Name}' lies at [{string.Join(", ", offsets)}) of {data.Length} bytes", path);
            if (shape.Any(side => side < 0) || Bytes(type, shape) != offsets[1] - offsets[0])
                throw Bad($"tensor '{entry.Name}': shape ({string.Join(", ", shape)}) of {type} does not fill {offsets[1] - offsets[0]} bytes", path);
            if (!tensors.TryAdd(entry.Name, new TensorData(type, shape, data[(int)offsets[0]..(int)offsets[1]])))
                throw Bad($"tensor '{entry.Name}' is there twice", path);
            total += offsets[1] - offsets[0];
        }

        if (total > data.Length) throw Bad("tensors overlap", path);
        return new SafeTensorsFile(tensors, metadata);
    }

    private static long Bytes(DType type, long[] shape)
    {
        long count = DTypes.Size(type);
        foreach (var side in shape) count = checked(count * side);
        return count;
    }

    private static string Code(DType type) => type switch
    {
        DType.Bool => "BOOL",
        DType.UInt8 or DType.UInt16 or DType.UInt32 or DType.UInt64 => $"U{DTypes.Size(type) * 8}",
        DType.Int8 or DType.Int16 or DType.Int32 or DType.Int64 => $"I{DTypes.Size(type) * 8}",
        _ => $"F{DTypes.Size(type) * 8}",
    };

    private static DType Type(string? code, string name, string path)
    {
        foreach (var type in Enum.GetValues<DType>())
            if (Code(type) == code) return type;
        throw Bad($"tensor '{name}' has element type '{code}', which is not read", path);
    }

    private static Depth3DException Bad(string what, string path) => new(what, path, "the file is damaged or no safetensors file; make it again");
}
