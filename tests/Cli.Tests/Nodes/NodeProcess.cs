using System.Diagnostics;
using System.Globalization;
using System.Text;
using Depth3D.Native;

namespace Depth3D.Cli.Tests.Nodes;

/// <summary>A process of the cluster as a person starts it in a terminal; it ends with the test in any case.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private NodeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Note(e.Data);
        process.ErrorDataReceived += (_, e) => Note(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    public static NodeProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(ExternalProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "depth3d.dll"), "node", "start", .. arguments], environment: environment));

    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Longest);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async Task<int> TerminateAsync()
    {
        await ExternalProcess.RunAsync("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
        return await ExitAsync();
    }

    /// <summary>As <c>kill -9</c> does it; what the process started is left to itself.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Note(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }
}
