using System.Runtime.InteropServices;
using Depth3D.Cluster.TestHost;
using Depth3D.Cluster.Workers;
using Depth3D.Cluster.Workers.Children;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Workers.Children;

/// <summary>An executor whose children are the test host, and jobs for its wild stages.</summary>
internal sealed class ChildBench : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ArtifactStore _store;

    public ChildBench(Func<ChildOptions, ChildOptions>? change = null, TimeProvider? time = null)
    {
        _store = ArtifactStore.Open(_folder.At("store"));
        _store.Adopt(new ClipId("clip"));
        var options = new ChildOptions { StateFolder = _folder.At("state"), Command = Command() };
        Executor = new ChildExecutor(change?.Invoke(options) ?? options, time ?? TimeProvider.System, NullLogger.Instance);
    }

    public static readonly Slot Slot = new(WorkerPool.PreprocessCpu, 0, []);

    public ChildExecutor Executor { get; }

    public Lines Log { get; } = new();

    public Said Progress { get; } = new();

    public static string DotNet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static ChildCommand Command(params string[] more) =>
        new(DotNet, [Path.Combine(AppContext.BaseDirectory, "Depth3D.Cluster.TestHost.dll"), ChildMain.Verb, .. more]);

    /// <summary>Runs a wild stage to its end and returns the folder it wrote.</summary>
    public async Task<string> RunAsync(string stage, CancellationToken cancellation = default, Slot? slot = null)
    {
        using var workspace = _store.Prepare(new ClipId("clip"), new TaskId(stage, 0), 1);
        var json = OptionsCodec.Write(new DepthOptions { SourcePath = "/nowhere" });
        var job = new TaskJob(new ClipId("clip"), new TaskId(stage, 0), new TaskProtocol.Grant(1, 30, WildStages.Recipe, new TaskPlan("part 0"), json, []),
            _store.Paths.Root, workspace.OutputFolder, workspace.ScratchFolder);
        await Executor.ExecuteAsync(job, slot ?? Slot, Progress, Log, cancellation).Within($"stage {stage}");
        var kept = _folder.At($"kept-{Guid.NewGuid():n}");
        Directory.Move(workspace.OutputFolder, kept);
        return kept;
    }

    public async Task<TaskFault> FaultAsync(string stage) => (await Assert.ThrowsAsync<TaskFaultException>(() => RunAsync(stage))).Fault;

    public async ValueTask DisposeAsync()
    {
        await Executor.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Progress as it is said, with a way to wait for the first.</summary>
    internal sealed class Said : IProgress<StageProgress>
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _skip;

        public Task<string> First => _first.Task;

        /// <summary>The toy stage itself says "half way" before its hook.</summary>
        public void Report(StageProgress value)
        {
            if (Interlocked.Increment(ref _skip) > 1) _first.TrySetResult(value.Message ?? "");
        }
    }

    internal sealed class Lines : ILogger
    {
        private readonly List<string> _lines = [];

        public string Text
        {
            get { lock (_lines) return string.Join('\n', _lines); }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add(formatter(state, exception));
        }
    }
}
