namespace Depth3D.Pipeline.Storage;

/// <summary>Folder operations of the store.</summary>
internal static class Folders
{
    /// <summary>Removes a folder with all in it, never following links. A folder that cannot be removed now is left for the next gc.</summary>
    public static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The files are temporary and named by attempt: leaving them costs space, failing here would cost the attempt.
        }
    }

    /// <summary>Makes a folder and flushes the entries of every folder it had to make, up to one that existed.</summary>
    public static void CreateDurable(string path)
    {
        foreach (var folder in Create(path)) Posix.FlushFolder(Path.GetDirectoryName(folder)!);
    }

    /// <summary>Makes a folder with those above it.</summary>
    /// <returns>Those it had to make, the innermost first; their entries are not durable yet.</returns>
    public static IReadOnlyList<string> Create(string path)
    {
        var made = new List<string>();
        for (var at = path; !Directory.Exists(at); at = Path.GetDirectoryName(at)!) made.Add(at);
        if (made.Count > 0) Directory.CreateDirectory(path);
        return made;
    }

    /// <summary>Bytes of all files below a folder, links not followed.</summary>
    public static long Bytes(string path) => new DirectoryInfo(path)
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Sum(file => file.Length);
}
