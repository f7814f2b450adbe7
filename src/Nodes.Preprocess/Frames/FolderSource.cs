using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>A folder of PNG or JPEG pictures of one size, in the order of the numbers in their names (frame2 before frame10).</summary>
internal sealed class FolderSource : ClipSource
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];

    private readonly string _folder;
    private readonly string[] _files;
    private int _next;

    private FolderSource(string folder, string[] files, (int Width, int Height) size, double fps)
    {
        (_folder, _files, FramesPerSecond) = (folder, files, fps);
        (Width, Height) = size;
    }

    public override string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(_folder));

    public override int Width { get; }

    public override int Height { get; }

    public override double FramesPerSecond { get; }

    public override long CountEstimate => _files.Length;

    /// <summary>The pictures of a folder in the order of their frames.</summary>
    public static string[] FilesOf(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()) && !Path.GetFileName(file).StartsWith('.'))
        .Order(NumberedNames.Comparer).ToArray();

    /// <exception cref="Depth3DException">No pictures in it, or the first cannot be read.</exception>
    public static FolderSource Of(string folder, double fps)
    {
        try
        {
            var files = FilesOf(folder);
            if (files.Length == 0)
            {
                var images = Path.Combine(folder, "images");
                throw new Depth3DException("the folder holds no PNG or JPEG pictures", folder,
                    Directory.Exists(images) ? $"give its subfolder: {images}" : "give a folder of numbered pictures, or a video file");
            }

            return new FolderSource(folder, files, ImageFile.ReadSize(files[0]), fps);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the folder cannot be read: {e.Message}", folder, "check its permissions", inner: e);
        }
    }

    public override bool TryNext(bool wanted, out Raster<byte>? rgb, out double timestampSeconds)
    {
        rgb = null;
        timestampSeconds = _next / FramesPerSecond;
        if (_next == _files.Length) return false;
        var file = _files[_next++];
        if (!wanted) return true;
        var size = ImageFile.ReadSize(file);
        if (size != (Width, Height))
        {
            throw new Depth3DException($"the picture is {size.Width}x{size.Height}, the first one is {Width}x{Height}", file,
                "bring all pictures to one size, or remove the odd one");
        }

        rgb = ImageFile.ReadRgb(file);
        return true;
    }
}
