using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Ends programs that a killed engine left running. Every program a stage starts inherits the store's path in its environment; an
/// engine that has just taken the store's lock knows that whoever started those is dead.
/// </summary>
internal static class Leftovers
{
    private const string Variable = "DEPTH3D_STORE";

    /// <summary>Lets programs started from now on carry the store's path.</summary>
    public static void Mark(string root) => Environment.SetEnvironmentVariable(Variable, root);

    /// <summary>Ends programs that carry this path and are not this process's own. Call it while holding the store's lock.</summary>
    /// <returns>How many were ended.</returns>
    public static int End(string root)
    {
        if (!Directory.Exists("/proc/self")) return 0;
        var marker = Encoding.UTF8.GetBytes($"{Variable}={root}\0");
        return Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId)
            .Count(name => Carries(name!, marker) && Kill(int.Parse(name!, CultureInfo.InvariantCulture)));
    }

    private static bool Carries(string id, byte[] marker)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{id}/environ").AsSpan();
            var at = environment.IndexOf(marker);
            return (at == 0 || (at > 0 && environment[at - 1] == 0)) && ParentOf(id) != Environment.ProcessId;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it ended meanwhile, or is another user's
        }
    }

    /// <summary>Second field after the name in brackets, which may itself hold spaces (proc(5)).</summary>
    private static int ParentOf(string id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static bool Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false; // it ended meanwhile
        }
    }
}
