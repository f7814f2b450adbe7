using System.ComponentModel;
using System.Diagnostics;

namespace Depth3D.Faults.Tests;

/// <summary>A file system in memory whose size can be changed while it is in use.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    /// <exception cref="SkipException">This user or this machine cannot mount.</exception>
    public static SmallDisk Mount(string path, string size)
    {
        Directory.CreateDirectory(path);
        Skip.If(Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path) != 0, "mounting a disk in memory needs root");
        return new SmallDisk(path);
    }

    public void Resize(string size) => Assert.Equal(0, Run("mount", "-o", $"remount,size={size}", _path));

    /// <summary>Detached at once, also while a process still has a file open.</summary>
    public void Dispose() => Run("umount", "-l", _path);

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return -1;
        }
    }
}
