using System.Text;
using Depth3D.Messages;

namespace Depth3D.Viewer.Loops;

/// <summary>Writes a page so that it appears whole or not at all.</summary>
internal static class PageWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="Depth3DException">The file cannot be written.</exception>
    public static void Write(string path, Action<StreamWriter> content)
    {
        var partial = path + ".part";
        try
        {
            using (var writer = new StreamWriter(partial, append: false, Utf8)) content(writer);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the page cannot be written: {e.Message}", path, "check the folder, its permissions and the free space", FailureKind.Storage, e);
        }
    }
}
