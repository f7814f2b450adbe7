using System.Buffers.Binary;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// What a PNG or JPEG says about itself, read without decoding. Width and height are those of the upright picture: a JPEG's EXIF
/// orientation is taken into account, as it is when pixels are read.
/// </summary>
internal readonly record struct ImageHeader(int Width, int Height, int BitDepth)
{
    /// <exception cref="Depth3DException">Neither PNG nor JPEG, truncated, or beyond <see cref="ImageLimits"/>.</exception>
    public static ImageHeader Parse(ReadOnlySpan<byte> bytes, string where)
    {
        ImageHeader? header = bytes.StartsWith(PngSignature) ? Png(bytes)
            : bytes.StartsWith(JpegSignature) ? Jpeg(bytes)
            : throw new Depth3DException("neither a PNG nor a JPEG picture", where, "convert it to PNG");
        if (header is not { } found)
            throw new Depth3DException("the picture's header is truncated or damaged", where, "export it again");
        ImageLimits.Check(found.Width, found.Height, where);
        return found;
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> JpegSignature => [0xff, 0xd8, 0xff];

    private static ImageHeader? Png(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 33 || !bytes[12..16].SequenceEqual("IHDR"u8)) return null;
        var width = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]);
        return new ImageHeader((int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue), bytes[24]);
    }

    private static ImageHeader? Jpeg(ReadOnlySpan<byte> bytes)
    {
        var upright = true;
        for (var at = 2; at + 4 <= bytes.Length;)
        {
            if (bytes[at] != 0xff) return null;
            var marker = bytes[at + 1];
            if (marker == 0xff)
            {
                at++;
                continue;
            }

            if (marker is 0x01 or (>= 0xd0 and <= 0xd8))
            {
                at += 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length) return null;
            var body = bytes.Slice(at + 4, length - 2);
            if (marker == 0xe1) upright &= !IsTurned(body);
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                if (body.Length < 6) return null;
                int height = BinaryPrimitives.ReadUInt16BigEndian(body[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
                return upright ? new ImageHeader(width, height, body[0]) : new ImageHeader(height, width, body[0]);
            }

            if (marker == 0xda) return null;
            at += 2 + length;
        }

        return null;
    }

    /// <summary>EXIF orientations 5 to 8 exchange width and height.</summary>
    private static bool IsTurned(ReadOnlySpan<byte> body)
    {
        if (body.Length < 14 || !body.StartsWith("Exif\0\0"u8)) return false;
        var tiff = body[6..];
        var little = tiff[0] == (byte)'I';
        int U16(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt16LittleEndian(s) : BinaryPrimitives.ReadUInt16BigEndian(s);
        uint U32(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt32LittleEndian(s) : BinaryPrimitives.ReadUInt32BigEndian(s);
        var directory = U32(tiff[4..]);
        if (directory > tiff.Length - 2) return false;
        var count = U16(tiff[(int)directory..]);
        for (var i = 0; i < count; i++)
        {
            var entry = (int)directory + 2 + (i * 12);
            if (entry + 12 > tiff.Length) return false;
            if (U16(tiff[entry..]) == 0x0112) return U16(tiff[(entry + 8)..]) is >= 5 and <= 8;
        }

        return false;
    }
}
