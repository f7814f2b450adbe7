using System.Globalization;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>What the kernel says about memory.</summary>
internal static class KernelMemory
{
    /// <summary>Processes that the kernel has ended for lack of memory since this machine started; 0 where it does not say.</summary>
    public static long Kills()
    {
        try
        {
            const string name = "oom_kill ";
            return File.ReadLines("/proc/vmstat").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
                && long.TryParse(line.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Memory this process may use: the machine's, or less where its control group says so.</summary>
    public static long Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
