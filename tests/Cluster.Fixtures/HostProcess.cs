using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Depth3D.Cluster.Fixtures;

/// <summary>The test host as a process of its own, which can be killed.</summary>
public sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public HostProcess(params string[] arguments) : this(new Dictionary<string, string>(), arguments)
    {
    }

    public HostProcess(IReadOnlyDictionary<string, string> environment, params string[] arguments) : this(null, environment, arguments)
    {
    }

    /// <param name="host">Network namespace to run in, as <see cref="HostNetwork.Add"/> made it; null for this process's own.</param>
    /// <param name="environment">Added to this process's own.</param>
    /// <param name="arguments">Of the test host.</param>
    public HostProcess(string? host, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        string[] command = [dotnet, Path.Combine(AppContext.BaseDirectory, "Depth3D.Cluster.TestHost.dll"), .. arguments];

        // "ip netns exec" becomes the command, so the process id is the host's own.
        if (host is not null) command = ["ip", "netns", "exec", host, .. command];
        var info = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) info.Environment[name] = value;
        _process = Process.Start(info)!;
        _ = PumpAsync();
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public void Kill() => _process.Kill();

    /// <summary>Sends a signal by its name, as in <c>TERM</c>.</summary>
    public void Signal(string name) => Process.Start("kill", [$"-{name}", $"{_process.Id}"]).WaitForExit();

    /// <summary>Lines up to and with the first that starts so.</summary>
    public async Task<IReadOnlyList<string>> UntilAsync(string start)
    {
        var seen = new List<string>();
        async Task ReadAsync()
        {
            await foreach (var line in _lines.Reader.ReadAllAsync())
            {
                seen.Add(line);
                if (line.StartsWith(start, StringComparison.Ordinal)) return;
            }

            throw new InvalidOperationException($"the host ended before '{start}': {string.Join(" | ", seen)}");
        }

        await ReadAsync().Within($"the host to say '{start}'");
        return seen;
    }

    /// <summary>All lines the host still says, to its end.</summary>
    public async Task<IReadOnlyList<string>> ToEndAsync()
    {
        await _process.WaitForExitAsync().Within("the host to end");
        return await _lines.Reader.ReadAllAsync().ToListAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task PumpAsync()
    {
        var errors = _process.StandardError.ReadToEndAsync();
        while (await _process.StandardOutput.ReadLineAsync() is { } line) _lines.Writer.TryWrite(line);
        foreach (var line in (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)) _lines.Writer.TryWrite($"stderr {line}");
        _lines.Writer.Complete();
    }
}
