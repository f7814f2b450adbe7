using System.Diagnostics;

namespace Depth3D.Bench.Messaging;

/// <summary>This program once more, in another part: a worker or a seed. It ends when its input closes, or by a signal.</summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];

    private BenchProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Run by "dotnet X.dll" the path is that of dotnet.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(BenchProcess).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Heard(line.Data);
        _process.BeginOutputReadLine();
    }

    /// <summary>Raised with every line it prints, and null when it ends.</summary>
    public event Action<string?>? Said;

    public int Id => _process.Id;

    public static async Task<BenchProcess> StartAsync(params string[] arguments)
    {
        var process = new BenchProcess(arguments);
        await process._ready.Task.WaitAsync(LongestStart);
        return process;
    }

    public bool HasSaid(string line)
    {
        lock (_lines) return _lines.Contains(line);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(20)));
            if (!_process.HasExited) _process.Kill();
        }

        _process.Dispose();
    }

    private void Heard(string? line)
    {
        if (line is null) _ready.TrySetException(new InvalidOperationException("a process of the benchmark ended before it was ready"));
        else if (line == "ready") _ready.TrySetResult();
        lock (_lines) if (line is not null) _lines.Add(line);
        Said?.Invoke(line);
    }
}
