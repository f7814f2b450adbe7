using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>Looks at the processes of this machine (proc(5)). Whoever ended a moment ago, or belongs to another user, is not there.</summary>
internal static partial class ProcessTable
{
    private const int Kill = 9;

    public static IReadOnlyList<ProcessEntry> Read() => [.. Ids().Select(Entry).OfType<ProcessEntry>()];

    /// <summary>Resident memory of a session's leader with all it started.</summary>
    public static long MemoryOf(IReadOnlyList<ProcessEntry> table, int leader)
    {
        var family = new HashSet<int>(table.Where(p => p.Session == leader || p.Id == leader).Select(p => p.Id));
        while (table.Any(p => family.Contains(p.Parent) && family.Add(p.Id)))
        {
            // Until nobody is added: a process may have left the session but not its parent.
        }

        return table.Where(p => family.Contains(p.Id)).Sum(p => p.MemoryBytes);
    }

    /// <summary>Ids of the processes whose environment holds this variable with this value, this process not among them.</summary>
    public static IReadOnlyList<int> Carrying(string variable, string value)
    {
        var marker = Encoding.UTF8.GetBytes($"{variable}={value}\0");
        return [.. Ids().Where(id => id != Environment.ProcessId && IsAlive(id) && Carries(id, marker))];
    }

    /// <summary>False for one that ended, also while nobody has asked for its exit code.</summary>
    public static bool IsAlive(int id) => Entry(id) is not null;

    /// <summary>Ends a process, or with a negative id its whole group. One that is gone already is fine.</summary>
    public static void End(int id) => _ = Signal(id, Kill);

    private static IEnumerable<int> Ids() => !Directory.Exists("/proc/self") ? [] : Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0);

    /// <summary>Fields after the name in brackets, which may itself hold spaces: state, parent, group, session and, 22nd, resident pages.</summary>
    private static ProcessEntry? Entry(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields[0] is "Z" or "X" ? null
                : new ProcessEntry(id, Number(fields[1]), Number(fields[3]), long.Parse(fields[21], CultureInfo.InvariantCulture) * Environment.SystemPageSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static bool Carries(int id, byte[] marker)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{id}/environ").AsSpan();
            var at = environment.IndexOf(marker);
            return at == 0 || (at > 0 && environment[at - 1] == 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int id, int signal);
}
