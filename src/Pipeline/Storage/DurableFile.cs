namespace Depth3D.Pipeline.Storage;

/// <summary>Writes small files that are there as a whole or not at all, also when the process is killed meanwhile.</summary>
public static class DurableFile
{
    /// <summary>Ends the names of files that are being written; they mean nothing.</summary>
    public const string PartSuffix = ".part";

    /// <param name="path">Where it appears.</param>
    /// <param name="content">All of it.</param>
    /// <param name="survivesPowerCut">Wait until it is on the disk; without, a power cut may leave an empty file.</param>
    /// <exception cref="IOException">The disk refuses; an older file of that name is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool survivesPowerCut = true)
    {
        var part = path + PartSuffix;
        using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(content);
            file.Flush(flushToDisk: survivesPowerCut);
        }

        System.IO.File.Move(part, path, overwrite: true);
        if (survivesPowerCut) Posix.FlushFolder(Path.GetDirectoryName(path)!);
    }
}
