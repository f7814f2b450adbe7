using System.Collections.Concurrent;
using System.Diagnostics;

namespace Depth3D.Native;

/// <summary>
/// Starts every child process from one thread that lives as long as this process. The kernel ends a child that asked for it
/// (<c>setpriv --pdeathsig</c>) when the <em>thread</em> that started it ends, so a pool thread would take its children with it.
/// </summary>
internal static class ChildLauncher
{
    private static readonly BlockingCollection<Action> Requests = [];

    static ChildLauncher() =>
        new Thread(static () =>
        {
            foreach (var request in Requests.GetConsumingEnumerable()) request();
        })
        { IsBackground = true, Name = "child launcher" }.Start();

    /// <summary>Where the helper lies that ties a child's life to ours; null where util-linux is missing, and children then outlive a SIGKILL.</summary>
    public static readonly string? Setpriv = FindOnPath("setpriv");

    public static Process? Start(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(info));
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    public static string? FindOnPath(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal)) return File.Exists(program) ? program : null;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Path.Combine(folder, program) is var file && File.Exists(file)) return file;
        }

        return null;
    }
}
