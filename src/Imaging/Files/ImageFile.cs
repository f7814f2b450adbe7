using Depth3D.Imaging.Interop;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// PNG and JPEG files. Reading checks the header against <see cref="ImageLimits"/> first, then decodes from memory, so a file's name
/// means nothing to the decoder. Writing leaves a complete file or none, with the same bytes for the same pixels.
/// </summary>
public static unsafe class ImageFile
{
    // PNG specification, 11.2.2: the colour type is byte 9 of the header chunk's data.
    private const int PngColourTypeAt = 25;
    private const byte PngRgba = 6;

    /// <summary>Size of the upright picture from the header alone.</summary>
    /// <exception cref="Depth3DException">Missing, not PNG or JPEG, damaged, or beyond <see cref="ImageLimits"/>.</exception>
    public static (int Width, int Height) ReadSize(string path)
    {
        // EXIF blocks are at most 64 KiB each; a header further in than this is not one of a camera's.
        using var stream = InputFile.OpenRead(path);
        var bytes = new byte[(int)Math.Min(stream.Length, 1 << 20)];
        stream.ReadExactly(bytes);
        var header = ImageHeader.Parse(bytes, path);
        return (header.Width, header.Height);
    }

    /// <summary>8-bit RGB; grey and 16-bit pictures are converted, transparency is dropped, a JPEG is turned upright.</summary>
    public static Raster<byte> ReadRgb(string path) => Read<byte>(path, 3);

    /// <summary>A PNG or JPEG in memory as 8-bit RGBA, not premultiplied; opaque where it has no alpha.</summary>
    /// <param name="where">What errors name.</param>
    /// <exception cref="Depth3DException">Not PNG or JPEG, damaged, or beyond <see cref="ImageLimits"/>.</exception>
    public static Raster<byte> DecodeRgba(byte[] bytes, string where) => Decode<byte>(bytes, 4, where);

    /// <summary>8-bit RGBA, not premultiplied; opaque where the file has no alpha.</summary>
    public static Raster<byte> ReadRgba(string path) => Read<byte>(path, 4);

    /// <summary>8-bit RGBA where the file is a PNG with an alpha channel, else RGB.</summary>
    public static Raster<byte> ReadColour(string path)
    {
        var header = new byte[26];
        using (var stream = InputFile.OpenRead(path)) stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return Read<byte>(path, header[0] == 0x89 && header[PngColourTypeAt] == PngRgba ? 4 : 3);
    }

    /// <summary>8-bit grey; colour is converted by luma.</summary>
    public static Raster<byte> ReadGray(string path) => Read<byte>(path, 1);

    /// <summary>16-bit grey; 8-bit samples v become 257 v.</summary>
    public static Raster<ushort> ReadGray16(string path) => Read<ushort>(path, 1);

    /// <param name="image">1 (grey), 3 (RGB) or 4 (RGBA) channels.</param>
    public static void WritePng(string path, Raster<byte> image) => Write(path, ".png", image, 0);

    /// <param name="image">1 or 3 channels of 16 bits.</param>
    public static void WritePng16(string path, Raster<ushort> image) => Write(path, ".png", image, 0);

    /// <param name="quality">1 to 100.</param>
    public static void WriteJpeg(string path, Raster<byte> rgb, int quality = 95) => Write(path, ".jpg", rgb, quality);

    /// <summary>The bytes of a PNG file, for callers that stream them.</summary>
    public static byte[] EncodePng(Raster<byte> image) => Encode(".png", image, 0);

    /// <summary>The bytes of a JPEG file, for pages that carry their pictures.</summary>
    public static byte[] EncodeJpeg(Raster<byte> rgb, int quality = 95) => Encode(".jpg", rgb, quality);

    private static Raster<T> Read<T>(string path, int channels) where T : unmanaged => Decode<T>(InputFile.ReadAll(path), channels, path);

    private static Raster<T> Decode<T>(byte[] bytes, int channels, string path) where T : unmanaged
    {
        var header = ImageHeader.Parse(bytes, path);
        // The JPEG decoder fills what is missing with grey and calls it a success; a whole file has an end marker.
        if (bytes[0] == 0xff && bytes.AsSpan().LastIndexOf([(byte)0xff, (byte)0xd9]) < 0)
            throw new Depth3DException("the picture is truncated: a JPEG without its end marker", path, "export it again");
        var result = new Raster<T>(header.Width, header.Height, channels);
        fixed (byte* source = bytes)
        fixed (T* samples = result.Samples)
        {
            if (Cv.d3cv_decode(source, bytes.Length, header.Width, header.Height, CvCall.Depth<T>(), channels, samples) != 0)
                throw new Depth3DException($"cannot be decoded: {Cv.LastError}", path, "export it again");
        }

        return result;
    }

    private static void Write<T>(string path, string extension, Raster<T> image, int quality) where T : unmanaged =>
        OutputFile.Write(path, Encode(extension, image, quality));

    private static byte[] Encode<T>(string extension, Raster<T> image, int quality) where T : unmanaged
    {
        if (image.Channels is not (1 or 3 or 4)) throw new ArgumentException($"a picture has 1, 3 or 4 channels, got {image.Channels}");
        nint buffer;
        fixed (T* samples = image.Samples)
        fixed (byte* name = CvCall.Utf8(extension))
            buffer = Cv.d3cv_encode(name, quality, image.Width, image.Height, CvCall.Depth<T>(), image.Channels, samples);
        if (buffer == 0) throw new Depth3DException($"the picture cannot be encoded: {Cv.LastError}");
        try
        {
            return new ReadOnlySpan<byte>(Cv.d3cv_buffer_data(buffer), checked((int)Cv.d3cv_buffer_size(buffer))).ToArray();
        }
        finally
        {
            Cv.d3cv_buffer_free(buffer);
        }
    }
}
