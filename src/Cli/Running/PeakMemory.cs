using System.Globalization;

namespace Depth3D.Cli.Running;

/// <summary>The most memory this process ever held, from the kernel.</summary>
internal static class PeakMemory
{
    public static long Bytes
    {
        get
        {
            var line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan("VmHWM:".Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) * 1024;
        }
    }
}
