namespace Depth3D.Cluster.Workers;

/// <summary>Whether a node could write again after its disk was full.</summary>
internal static class DiskRoom
{
    /// <summary>Written as a trial, since a quota shows in no figure of the file system.</summary>
    private const int TrialBytes = 1 << 20;

    /// <returns>True when every folder's file system has this much room and takes a file.</returns>
    public static bool IsThere(IEnumerable<string> folders, long bytes) => folders.All(folder => Has(folder, bytes));

    public static long Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static bool Has(string folder, long bytes)
    {
        if (Free(folder) < bytes) return false;
        var trial = Path.Combine(folder, $".room-{Guid.NewGuid():n}");
        try
        {
            File.WriteAllBytes(trial, new byte[Math.Min(bytes, TrialBytes)]);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            Remove(trial);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk refuses that as well; the file is one MiB at most.
        }
    }
}
