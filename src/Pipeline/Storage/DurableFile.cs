namespace Depth3D.Pipeline.Storage;

/// <summary>Writes small files that are there as a whole or not at all, also after a power cut.</summary>
public static class DurableFile
{
    /// <summary>Ends the names of files that are being written; they mean nothing.</summary>
    public const string PartSuffix = ".part";

    /// <exception cref="IOException">The disk refuses; an older file of that name is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var part = path + PartSuffix;
        using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        System.IO.File.Move(part, path, overwrite: true);
        Posix.FlushFolder(Path.GetDirectoryName(path)!);
    }
}
