namespace Depth3D.Pipeline.Storage;

/// <summary>A second name of a file, which shares its bytes and outlives the first.</summary>
public static class HardLink
{
    /// <summary>Links where the file system can, copies elsewhere. <paramref name="path"/> must not exist.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Make(string existing, string path)
    {
        // Whoever has the other name must not be able to change the bytes in place.
        File.SetUnixFileMode(existing, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        if (!Posix.TryLink(existing, path)) File.Copy(existing, path);
    }
}
