using System.ComponentModel;
using System.Diagnostics;
using Depth3D.Messages;

namespace Depth3D.Native;

/// <summary>
/// Runs programs with an argument list, never through a shell. Output goes to a log, the last lines are kept for error texts, and the
/// whole process tree ends when the token is cancelled. A child also ends when this process is killed outright.
/// </summary>
public static class ExternalProcess
{
    private const int TailLines = 40;

    /// <summary>Starts a program with redirected streams, for callers that pipe data. The caller waits for and disposes it.</summary>
    /// <param name="inheritEnvironment">False: the program sees nothing but <paramref name="environment"/>.</param>
    /// <exception cref="Depth3DException">The program is not installed.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, bool redirectInput = false,
        IReadOnlyDictionary<string, string>? environment = null, bool inheritEnvironment = true)
    {
        var file = ChildLauncher.FindOnPath(program) ?? throw Missing(program, "not found");
        var info = new ProcessStartInfo(ChildLauncher.Setpriv ?? file)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] prefix = ChildLauncher.Setpriv is null ? [] : ["--pdeathsig", "KILL", "--", file];
        foreach (var argument in prefix.Concat(arguments)) info.ArgumentList.Add(argument);
        if (!inheritEnvironment) info.Environment.Clear();
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) info.Environment[name] = value;
        try
        {
            var process = ChildLauncher.Start(info) ?? throw Missing(program, "no process was started");
            if (!redirectInput) process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw Missing(program, e.Message, e);
        }
    }

    private static Depth3DException Missing(string program, string reason, Exception? inner = null) =>
        new($"'{program}' could not be started: {reason}", remedy: "run: depth3d doctor", kind: FailureKind.MissingTool, inner: inner);

    /// <summary>Runs a program to its end and returns its exit code; does not throw on a non-zero one.</summary>
    /// <param name="onLine">Told each line of output and of error, one at a time.</param>
    public static async Task<ProcessResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation,
        Action<string>? onLine = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(program, arguments, environment: environment);
        var tail = new Queue<string>();
        async Task Drain(StreamReader reader)
        {
            while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            {
                lock (tail)
                {
                    tail.Enqueue(line);
                    if (tail.Count > TailLines) tail.Dequeue();
                    onLine?.Invoke(line);
                }
            }
        }

        var drains = Task.WhenAll(Drain(process.StandardOutput), Drain(process.StandardError));
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await drains.ConfigureAwait(false);
        lock (tail) return new ProcessResult(process.ExitCode, string.Join('\n', tail));
    }
}
