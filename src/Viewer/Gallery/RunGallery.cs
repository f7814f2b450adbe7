using Depth3D.Messages;

namespace Depth3D.Viewer.Gallery;

/// <summary>Writes <c>gallery.html</c> into a run's folder.</summary>
public static class RunGallery
{
    /// <param name="folder">The run's folder.</param>
    /// <param name="title">Name of the clip.</param>
    /// <returns>Path of the page, which appears whole or not at all.</returns>
    /// <exception cref="Depth3DException">The folder cannot be read or written.</exception>
    public static string Write(string folder, string title)
    {
        var path = Path.Combine(folder, GalleryPage.FileName);
        var partial = path + ".part";
        try
        {
            File.WriteAllText(partial, new GalleryPage(RunContents.Scan(folder), title) { Folder = folder }.Build());
            File.Move(partial, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the gallery cannot be written: {e.Message}", path, "check the folder, its permissions and the free space", FailureKind.Storage, e);
        }
    }
}
