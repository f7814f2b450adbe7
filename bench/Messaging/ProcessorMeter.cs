using System.Globalization;

namespace Depth3D.Bench.Messaging;

/// <summary>Processor time that groups of processes, with all that they started, have used. Says who does the work, also on a busy machine.</summary>
internal sealed class ProcessorMeter(IReadOnlyDictionary<string, Func<IEnumerable<int>>> groups)
{
    /// <summary>Clock ticks per second in <c>/proc</c>: fixed at 100 for user space on Linux.</summary>
    private const double TicksPerSecond = 100;

    /// <returns>Seconds per group until now.</returns>
    public IReadOnlyDictionary<string, double> Read()
    {
        var parents = new Dictionary<int, int>();
        var ticks = new Dictionary<int, long>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) || Stat(folder) is not { } stat) continue;
            (parents[pid], ticks[pid]) = stat;
        }

        var children = parents.ToLookup(p => p.Value, p => p.Key);
        return groups.ToDictionary(g => g.Key, g => g.Value().Sum(Total) / TicksPerSecond);
        long Total(int pid) => ticks.GetValueOrDefault(pid) + children[pid].Sum(Total);
    }

    /// <summary>Parent, and ticks of the process with its ended children.</summary>
    private static (int Parent, long Ticks)? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(f => long.Parse(f, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
