using System.Runtime.InteropServices;

namespace Depth3D.Cluster.Fixtures.Simulation;

/// <summary>Processor time of the calling thread, whatever else this machine and this process do (clock_gettime(2)).</summary>
internal static partial class ThreadTime
{
    private const int ClockThreadCpuTime = 3;

    public static TimeSpan Now => GetTime(ClockThreadCpuTime, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
        : throw new PlatformNotSupportedException("the system does not tell a thread's processor time");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
