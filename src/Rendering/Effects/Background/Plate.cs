using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Background;

/// <summary>What is put behind: one picture, the pictures of a folder, or a film.</summary>
internal abstract class Plate : IDisposable
{
    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg"];

    /// <exception cref="Depth3DException">Nothing there that can be shown.</exception>
    public static Plate Open(string path)
    {
        if (Directory.Exists(path))
        {
            var pictures = Directory.EnumerateFiles(path).Where(IsPicture).Order(StringComparer.Ordinal).ToArray();
            return pictures.Length > 0 ? new PicturePlate(pictures) : throw new Depth3DException("no PNG or JPEG pictures here", path, "give a folder of pictures");
        }

        return PictureFile.Is(path) ? new PicturePlate([path]) : new FilmPlate(path);
    }

    /// <summary>Frames until it repeats; a film has to be read for it.</summary>
    public abstract int CountFrames(CancellationToken cancellation);

    /// <param name="count">From <see cref="CountFrames"/>.</param>
    /// <param name="framesPerSecond">Of the clip.</param>
    public abstract Raster<byte> Frame(int frameIndex, int count, double framesPerSecond);

    public abstract void Dispose();

    /// <summary>Scaled so that it fills a size, what is over cut off evenly.</summary>
    public static Raster<byte> Fill(Raster<byte> picture, int width, int height)
    {
        var scale = Math.Max((double)width / picture.Width, (double)height / picture.Height);
        int w = Math.Max(width, (int)Math.Round(picture.Width * scale)), h = Math.Max(height, (int)Math.Round(picture.Height * scale));
        var scaled = (w, h) == (picture.Width, picture.Height) ? picture : scale < 1 ? Resize.Area(picture, w, h) : Resize.Linear(picture, w, h);
        var cut = new Raster<byte>(width, height, 3);
        for (var y = 0; y < height; y++)
            scaled.Row(y + ((h - height) / 2)).Slice(3 * ((w - width) / 2), 3 * width).CopyTo(cut.Row(y));
        return cut;
    }

    private static bool IsPicture(string path) => PictureEndings.Contains(Path.GetExtension(path).ToLowerInvariant());
}
