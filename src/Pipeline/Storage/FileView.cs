namespace Depth3D.Pipeline.Storage;

/// <summary>The file system as it is.</summary>
internal sealed class FileView : IFileView
{
    public static readonly FileView Instance = new();

    public long? LengthOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? file.Length : null;
        }
        catch (IOException e) when (StorageFaults.IsStale(e))
        {
            return null;
        }
    }

    public void Reopen(string folder)
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
            entries.MoveNext();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder itself is not there yet.
        }
    }
}
