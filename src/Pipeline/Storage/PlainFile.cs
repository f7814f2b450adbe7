namespace Depth3D.Pipeline.Storage;

/// <summary>Tells regular files from pipes and devices, which block or never end when read.</summary>
public static class PlainFile
{
    /// <summary>True for a regular file, links followed.</summary>
    public static bool Is(string path) => Posix.IsPlainFile(path);
}
