using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>Largest pictures this program decodes. Headers are compared with it before any memory is taken.</summary>
public static class ImageLimits
{
    public const int MaxSide = 16384;
    public const long MaxPixels = 200_000_000;
    public const long MaxFileBytes = 1L << 30;

    /// <exception cref="Depth3DException">The size is not positive or beyond a limit.</exception>
    public static void Check(long width, long height, string where)
    {
        if (width < 1 || height < 1)
            throw new Depth3DException($"the header says {width}x{height} pixels", where, "the file is damaged; export it again");
        if (width > MaxSide || height > MaxSide || width * height > MaxPixels)
            throw new Depth3DException(
                $"{width}x{height} pixels, at most {MaxSide} per side and {MaxPixels / 1_000_000} million in all are read", where,
                "scale it down first");
    }
}
