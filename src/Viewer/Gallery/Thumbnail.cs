using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Viewer.Gallery;

/// <summary>A small JPEG of a picture, to be put into a page.</summary>
internal static class Thumbnail
{
    private const int Quality = 82;

    /// <returns>Null where the file is no 8-bit picture.</returns>
    public static byte[]? Of(string path, int mostWidth)
    {
        try
        {
            var picture = ImageFile.ReadRgb(path);
            if (picture.Width > mostWidth) picture = Resize.Area(picture, mostWidth, Math.Max(1, (int)((long)picture.Height * mostWidth / picture.Width)));
            return ImageFile.EncodeJpeg(picture, Quality);
        }
        catch (Depth3DException)
        {
            return null;
        }
    }
}
