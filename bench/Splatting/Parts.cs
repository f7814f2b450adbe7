using System.Diagnostics;

namespace Depth3D.Bench.Splatting;

/// <summary>Time that a part of a frame's way takes, and processor time of this process and those it waited for.</summary>
internal sealed class Parts(string name)
{
    private TimeSpan _time, _processor;

    public void Time(Action work) => TimeAsync(() =>
    {
        work();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    public async Task TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        var before = Processor();
        await work();
        _time += Stopwatch.GetElapsedTime(start);
        _processor += Processor() - before;
    }

    public string Line(int pictures) =>
        FormattableString.Invariant($"{name,-52} | {_time.TotalMilliseconds / pictures,7:F1} | {_processor.TotalMilliseconds / pictures,7:F1}");

    /// <summary>Fields 14 to 17 of /proc/self/stat: user and system time, own and of children that have ended, in hundredths of a second.</summary>
    private static TimeSpan Processor()
    {
        var fields = File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ');
        return TimeSpan.FromMilliseconds(10 * fields[11..15].Sum(long.Parse));
    }
}
