using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>Writes files that are either complete or not there: under a temporary name in the same folder, then renamed.</summary>
internal static class OutputFile
{
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var partial = PartialName(path);
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write)) stream.Write(bytes);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(partial);
            throw Failed(path, e);
        }
    }

    /// <summary>Hands a stream to <paramref name="fill"/>; whatever goes wrong there leaves no file.</summary>
    public static void Write(string path, Action<Stream> fill)
    {
        var partial = PartialName(path);
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16)) fill(stream);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e)
        {
            Discard(partial);
            if (e is IOException or UnauthorizedAccessException) throw Failed(path, e);
            throw;
        }
    }

    public static string PartialName(string path) => path + ".part";

    public static void Discard(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }

    public static Depth3DException Failed(string path, Exception e) =>
        new($"cannot be written: {e.Message}", path, "check the folder, its permissions and the free space", FailureKind.Storage, e);
}
