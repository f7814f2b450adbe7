using System.Buffers.Binary;

namespace Depth3D.Imaging;

/// <summary>One scalar property of a PLY vertex.</summary>
internal sealed record PlyProperty(string Name, char Kind, int Size, int Offset)
{
    /// <summary>Null when the type is not a scalar of PLY 1.0.</summary>
    public static PlyProperty? Make(string name, string type, int offset)
    {
        var (kind, size) = type switch
        {
            "char" or "int8" => ('i', 1),
            "uchar" or "uint8" => ('u', 1),
            "short" or "int16" => ('i', 2),
            "ushort" or "uint16" => ('u', 2),
            "int" or "int32" => ('i', 4),
            "uint" or "uint32" => ('u', 4),
            "float" or "float32" => ('f', 4),
            "double" or "float64" => ('f', 8),
            _ => ('?', 0),
        };
        return size == 0 ? null : new PlyProperty(name, kind, size, offset);
    }

    public double Value(ReadOnlySpan<byte> vertex)
    {
        var at = vertex[Offset..];
        return (Kind, Size) switch
        {
            ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(at),
            ('f', 8) => BinaryPrimitives.ReadDoubleLittleEndian(at),
            ('u', 1) => at[0],
            ('i', 1) => (sbyte)at[0],
            ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(at),
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(at),
            ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(at),
            _ => BinaryPrimitives.ReadInt32LittleEndian(at),
        };
    }
}
