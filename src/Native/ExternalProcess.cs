using System.ComponentModel;
using System.Diagnostics;
using Depth3D.Messages;

namespace Depth3D.Native;

/// <summary>
/// Runs programs with an argument list, never through a shell. Output goes to a log, the last lines are kept for error texts, and the
/// whole process tree ends when the token is cancelled.
/// </summary>
public static class ExternalProcess
{
    private const int TailLines = 40;

    /// <summary>Starts a program with redirected streams, for callers that pipe data. The caller waits for and disposes it.</summary>
    /// <exception cref="Depth3DException">The program is not installed.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, bool redirectInput = false,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) info.Environment[name] = value;
        try
        {
            var process = Process.Start(info) ?? throw new Win32Exception();
            if (!redirectInput) process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new Depth3DException($"'{program}' could not be started: {e.Message}", remedy: "run: depth3d doctor",
                kind: FailureKind.MissingTool, inner: e);
        }
    }

    /// <summary>Runs a program to its end and returns its exit code; does not throw on a non-zero one.</summary>
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
                }

                onLine?.Invoke(line);
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
