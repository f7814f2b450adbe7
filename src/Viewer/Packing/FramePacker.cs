using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Splatting;

namespace Depth3D.Viewer.Packing;

/// <summary>Packs a frame's depth, colour and mask as the page reads them; the layout is in the README of this project.</summary>
internal sealed class FramePacker(ISceneClip clip, FrameGrid grid)
{
    public const int HeaderBytes = 32;
    public const ushort Version = 1;

    /// <summary>"D3DV", read as little-endian.</summary>
    public const uint Magic = 0x56443344;

    /// <summary>Bytes of every frame of the clip.</summary>
    public int FrameBytes => PixelsAt + (4 * grid.Width * grid.Height);

    /// <summary>Where the colours begin: after the codes, at a multiple of four.</summary>
    private int PixelsAt => HeaderBytes + (((2 * grid.Width * grid.Height) + 3) & ~3);

    /// <exception cref="Depth3DException">A file of the frame is damaged or missing.</exception>
    public byte[] Pack(int frame)
    {
        var (rgb, depth, moving) = (clip.Rgb(frame), clip.Depth(frame), clip.Moving(frame));
        var packed = new byte[FrameBytes];
        var depths = Depths(depth);
        var code = DepthCode.For(depths);
        WriteHeader(packed, frame, code);
        var codes = MemoryMarshal.Cast<byte, ushort>(packed.AsSpan(HeaderBytes, 2 * depths.Length));
        for (var i = 0; i < depths.Length; i++) codes[i] = code.Encode(depths[i]);
        WritePixels(packed.AsSpan(PixelsAt), rgb, moving, DepthEdges.OnSurface(depth));
        return packed;
    }

    private void WriteHeader(Span<byte> header, int frame, DepthCode code)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], HeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], checked((ushort)grid.Width));
        BinaryPrimitives.WriteUInt16LittleEndian(header[10..], checked((ushort)grid.Height));
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], frame);
        BinaryPrimitives.WriteSingleLittleEndian(header[16..], code.Near);
        BinaryPrimitives.WriteSingleLittleEndian(header[20..], code.Far);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], PixelsAt);
    }

    private float[] Depths(Raster<float> depth)
    {
        var depths = new float[grid.Width * grid.Height];
        for (var y = 0; y < grid.Height; y++)
        {
            var row = depth.Row(Source(y));
            for (var x = 0; x < grid.Width; x++) depths[(y * grid.Width) + x] = row[Source(x)];
        }

        return depths;
    }

    private void WritePixels(Span<byte> pixels, Raster<byte> rgb, Raster<byte> moving, bool[] surface)
    {
        for (var y = 0; y < grid.Height; y++)
        {
            var from = rgb.Row(Source(y));
            for (var x = 0; x < grid.Width; x++)
            {
                var (at, to) = (Source(x), 4 * ((y * grid.Width) + x));
                from.Slice(3 * at, 3).CopyTo(pixels[to..]);
                var flags = moving[at, Source(y)] >= 128 ? PixelFlags.Moving : PixelFlags.None;
                if (!surface[(Source(y) * rgb.Width) + at]) flags |= PixelFlags.Edge;
                pixels[to + 3] = (byte)flags;
            }
        }
    }

    private int Source(int index) => (index * grid.Stride) + grid.Offset;
}
