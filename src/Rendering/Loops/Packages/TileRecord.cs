using System.Buffers.Binary;

namespace Depth3D.Rendering.Loops.Packages;

/// <summary>A kept tile in <c>tiles.bin</c> (spec 6.4): 8 bytes, little-endian.</summary>
/// <param name="Plane">0 is the nearest.</param>
/// <param name="Atlas">Index among the atlases of <c>scene.json</c>.</param>
internal readonly record struct TileRecord(byte Plane, byte Atlas, ushort TileX, ushort TileY, ushort Slot)
{
    public const int Bytes = 8;

    public void Write(Span<byte> to)
    {
        to[0] = Plane;
        to[1] = Atlas;
        BinaryPrimitives.WriteUInt16LittleEndian(to[2..], TileX);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], TileY);
        BinaryPrimitives.WriteUInt16LittleEndian(to[6..], Slot);
    }

    public static TileRecord Read(ReadOnlySpan<byte> from) => new(from[0], from[1], BinaryPrimitives.ReadUInt16LittleEndian(from[2..]),
        BinaryPrimitives.ReadUInt16LittleEndian(from[4..]), BinaryPrimitives.ReadUInt16LittleEndian(from[6..]));
}
