using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Depth3D.Messages;

namespace Depth3D.Rendering.Meshes;

/// <summary>Reads the numbers of a PLY file one after the other, as text or little-endian; never past its end.</summary>
internal sealed class PlyBody(byte[] bytes, int start, bool isAscii, string where)
{
    private int _at = start;

    public int BytesLeft => bytes.Length - _at;

    public double Next(string type) => isAscii ? Word() : Binary(type);

    private double Word()
    {
        while (_at < bytes.Length && bytes[_at] <= ' ') _at++;
        var from = _at;
        while (_at < bytes.Length && bytes[_at] > ' ') _at++;
        if (from == _at) throw Truncated();
        var word = Encoding.ASCII.GetString(bytes, from, _at - from);
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new Depth3DException($"'{word}' stands where a number belongs", where, "export it again");
    }

    private double Binary(string type)
    {
        var size = PlyElement.Size(type);
        if (BytesLeft < size) throw Truncated();
        var at = bytes.AsSpan(_at, size);
        _at += size;
        return type switch
        {
            "char" or "int8" => (sbyte)at[0],
            "uchar" or "uint8" => at[0],
            "short" or "int16" => BinaryPrimitives.ReadInt16LittleEndian(at),
            "ushort" or "uint16" => BinaryPrimitives.ReadUInt16LittleEndian(at),
            "int" or "int32" => BinaryPrimitives.ReadInt32LittleEndian(at),
            "uint" or "uint32" => BinaryPrimitives.ReadUInt32LittleEndian(at),
            "float" or "float32" => BinaryPrimitives.ReadSingleLittleEndian(at),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(at),
        };
    }

    private Depth3DException Truncated() => new("truncated: the header announces more than follows", where, "export it again");
}
