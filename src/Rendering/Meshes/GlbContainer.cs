using System.Buffers.Binary;
using Depth3D.Messages;

namespace Depth3D.Rendering.Meshes;

/// <summary>Splits a GLB file (glTF 2.0, section 4.4) into its JSON and its binary chunk; a plain glTF file is all JSON.</summary>
internal static class GlbContainer
{
    private const uint JsonChunk = 0x4E4F534A, BinaryChunk = 0x004E4942;

    public static (ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte>? Binary) Split(byte[] bytes, string where)
    {
        if (!bytes.AsSpan().StartsWith("glTF"u8)) return (bytes, null);
        if (bytes.Length < 20 || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) != 2) throw Bad("no GLB of version 2", where);
        ReadOnlyMemory<byte>? json = null, binary = null;
        for (var at = 12L; at + 8 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)at));
            var kind = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)at + 4));
            if (at + 8 + length > bytes.Length) throw Bad($"a chunk announces {length} bytes, {bytes.Length - at - 8} follow", where);
            var chunk = bytes.AsMemory((int)at + 8, (int)length);
            if (kind == JsonChunk) json ??= chunk;
            if (kind == BinaryChunk) binary ??= chunk;
            at += 8 + length;
        }

        return json is { } found ? (found, binary) : throw Bad("no JSON chunk", where);
    }

    private static Depth3DException Bad(string what, string where) => new(what, where, "the file is damaged; export it again");
}
