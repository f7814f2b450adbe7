using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>Reads how loaded this machine and this process with its children are, from <c>/proc</c>; zeros where there is none.</summary>
/// <param name="folder">The folder whose disk counts.</param>
internal sealed class UsageMeter(string folder)
{
    private (long Busy, long All) _before;

    public NodeUsage Read()
    {
        var now = Ticks();
        var (busy, all) = (now.Busy - _before.Busy, now.All - _before.All);
        _before = now;
        return new(all > 0 ? Math.Clamp((double)busy / all, 0, 1) : 0, ResidentBytes(Environment.ProcessId), FreeBytes(), []);
    }

    /// <summary>Clock ticks of all cores since the machine started: the fourth and fifth number are idle and waiting (proc(5)).</summary>
    private static (long Busy, long All) Ticks()
    {
        var line = Text("/proc/stat").Split('\n')[0];
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Number).ToArray();
        var all = ticks.Take(8).Sum();
        return (all - ticks.Skip(3).Take(2).Sum(), all);
    }

    private static long ResidentBytes(int process)
    {
        var pages = Text($"/proc/{process}/statm").Split(' ');
        var own = pages.Length > 1 ? Number(pages[1]) * Environment.SystemPageSize : 0;
        return own + Children(process).Sum(ResidentBytes);
    }

    private static IEnumerable<int> Children(int process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task").SelectMany(thread => Text($"{thread}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(id => (int)Number(id)).ToArray();
        }
        catch (IOException)
        {
            return []; // it ended meanwhile
        }
    }

    private long FreeBytes()
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

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
