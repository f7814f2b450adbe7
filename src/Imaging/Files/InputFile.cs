using Depth3D.Imaging.Interop;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>Opens files named by people: only regular files, with errors that name them.</summary>
public static unsafe class InputFile
{
    /// <summary>Refuses what is missing, a folder, a device or a pipe, without opening it.</summary>
    /// <exception cref="Depth3DException">It is not an existing regular file.</exception>
    public static void RequireRegular(string path)
    {
        if (path.Length == 0 || path.Contains('\0')) throw new Depth3DException("the path is empty or holds a zero character");
        int kind;
        fixed (byte* text = CvCall.Utf8(Path.GetFullPath(path))) kind = Cv.d3cv_file_kind(text);
        if (kind == 1) return;
        throw new Depth3DException(kind switch
        {
            0 => "no such file",
            2 => "this is a folder, a file was expected",
            _ => "this is a device, pipe or socket, a regular file was expected",
        }, path, "check the path");
    }

    /// <summary>The whole content of a regular file.</summary>
    /// <exception cref="Depth3DException">Missing, not regular, unreadable, empty, or longer than <paramref name="maxBytes"/>.</exception>
    public static byte[] ReadAll(string path, long maxBytes = ImageLimits.MaxFileBytes)
    {
        RequireRegular(path);
        try
        {
            var length = new FileInfo(path).Length;
            if (length == 0) throw new Depth3DException("the file is empty", path, "export it again");
            if (length > maxBytes) throw new Depth3DException($"{length} bytes, at most {maxBytes} are read", path, "give a smaller file");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>A stream over a regular file.</summary>
    public static FileStream OpenRead(string path)
    {
        RequireRegular(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    private static Depth3DException Unreadable(string path, Exception e) =>
        new($"cannot be read: {e.Message}", path, "check its permissions", inner: e);
}
