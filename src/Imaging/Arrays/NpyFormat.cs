using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>The NPY format (NumPy enhancement proposal 1): reads versions 1 to 3, writes version 1.</summary>
internal static partial class NpyFormat
{
    private const int MaxHeaderBytes = 1 << 16;
    private const int MaxDimensions = 32;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    [GeneratedRegex(@"\A\s*\{\s*'descr'\s*:\s*'([<>|=]?)([a-zA-Z])(\d{1,4})'\s*,\s*'fortran_order'\s*:\s*(True|False)\s*,\s*'shape'\s*:\s*\(([\d\s,L]*)\)\s*,?\s*\}\s*\z")]
    private static partial Regex Header();

    public static byte[] Write(NpyArray array)
    {
        var head = Head(array.DType, array.Shape);
        var file = new byte[head.Length + array.Bytes.Length];
        head.CopyTo(file, 0);
        array.Bytes.CopyTo(file.AsSpan(head.Length));
        return file;
    }

    /// <summary>Everything before the data, which starts at a multiple of 64.</summary>
    public static byte[] Head(DType type, IReadOnlyList<int> sides)
    {
        var shape = sides.Count == 1 ? $"{sides[0]}," : string.Join(", ", sides);
        var text = $"{{'descr': '{Description(type)}', 'fortran_order': False, 'shape': ({shape}), }}";
        var headerLength = ((Magic.Length + 4 + text.Length + 1 + 63) / 64 * 64) - Magic.Length - 4;
        var head = new byte[Magic.Length + 4 + headerLength];
        Magic.CopyTo(head);
        head[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), (ushort)headerLength);
        var header = head.AsSpan(10, headerLength);
        header.Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, header);
        header[^1] = (byte)'\n';
        return head;
    }

    /// <exception cref="Depth3DException">Not an NPY array, one of objects, or truncated.</exception>
    public static NpyArray Read(ReadOnlySpan<byte> file, string where)
    {
        if (file.Length < 12 || !file.StartsWith(Magic)) throw Bad("not a NumPy array", where);
        var wide = file[6] >= 2;
        if (file[6] is < 1 or > 3) throw Bad($"NPY version {file[6]} is not known", where);
        var length = wide ? BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        var start = wide ? 12 : 10;
        if (length > MaxHeaderBytes || start + length > file.Length) throw Bad("the array's header is truncated or too long", where);
        var text = Encoding.Latin1.GetString(file.Slice(start, (int)length));
        if (text.Contains("'descr': '|O", StringComparison.Ordinal))
            throw Bad("an array of Python objects, which would run code when loaded", where, "save plain numbers");
        var match = Header().Match(text);
        if (!match.Success) throw Bad("the array's header is damaged or describes a structured type", where);
        var type = Type(match.Groups[2].Value[0], int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture), where);
        var shape = Shape(match.Groups[5].Value, where);
        long count = 1;
        foreach (var side in shape)
            if ((count *= side) > Array.MaxLength) throw Bad($"shape ({string.Join(", ", shape)}) is too large", where);
        var bytes = count * DTypes.Size(type);
        var data = file[(start + (int)length)..];
        if (bytes > data.Length)
            throw Bad($"truncated: shape ({string.Join(", ", shape)}) of {type} needs {bytes} bytes, {data.Length} are there", where);
        var values = data[..(int)bytes].ToArray();
        if (match.Groups[1].Value == ">") Swap(values, DTypes.Size(type));
        if (match.Groups[4].Value == "True") values = RowMajor(values, shape, DTypes.Size(type));
        return new NpyArray(type, shape, values);
    }

    private static string Description(DType type) => type switch
    {
        DType.Bool => "|b1",
        DType.UInt8 => "|u1",
        DType.Int8 => "|i1",
        DType.Int16 or DType.Int32 or DType.Int64 => $"<i{DTypes.Size(type)}",
        DType.UInt16 or DType.UInt32 or DType.UInt64 => $"<u{DTypes.Size(type)}",
        _ => $"<f{DTypes.Size(type)}",
    };

    private static DType Type(char kind, int size, string where) => (kind, size) switch
    {
        ('b', 1) => DType.Bool,
        ('u', 1) => DType.UInt8,
        ('u', 2) => DType.UInt16,
        ('u', 4) => DType.UInt32,
        ('u', 8) => DType.UInt64,
        ('i', 1) => DType.Int8,
        ('i', 2) => DType.Int16,
        ('i', 4) => DType.Int32,
        ('i', 8) => DType.Int64,
        ('f', 2) => DType.Float16,
        ('f', 4) => DType.Float32,
        ('f', 8) => DType.Float64,
        _ => throw Bad($"elements of NumPy type '{kind}{size}' are not read", where, "save as uint8, int32, int64, float32 or float64"),
    };

    private static int[] Shape(string text, string where)
    {
        var sides = text.Replace("L", "", StringComparison.Ordinal)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (sides.Length > MaxDimensions) throw Bad($"{sides.Length} dimensions", where);
        return Array.ConvertAll(sides, side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Bad($"side '{side}' of the shape is not a number below 2^31", where));
    }

    private static void Swap(Span<byte> values, int size)
    {
        for (var at = 0; size > 1 && at < values.Length; at += size) values.Slice(at, size).Reverse();
    }

    private static byte[] RowMajor(byte[] columnMajor, int[] shape, int size)
    {
        var result = new byte[columnMajor.Length];
        var index = new int[shape.Length];
        for (var to = 0; to < result.Length; to += size)
        {
            long from = 0;
            for (var d = shape.Length - 1; d >= 0; d--) from = (from * shape[d]) + index[d];
            columnMajor.AsSpan((int)(from * size), size).CopyTo(result.AsSpan(to));
            for (var d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--) index[d] = 0;
        }

        return result;
    }

    private static Depth3DException Bad(string what, string where, string? remedy = "save the array again") => new(what, where, remedy);
}
