using System.Collections.Concurrent;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.TestHost;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Workers;

/// <summary>A runner over a store, with a coordinator that grants everything and writes down what it is told.</summary>
internal sealed class RunnerBench : ICoordinator, IDisposable
{
    public static readonly ClipId Clip = new("clip");

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<object> _told = new();
    private readonly SemaphoreSlim _heard = new(0);
    private long _epoch;

    public RunnerBench()
    {
        Store = ArtifactStore.Open(_folder.At("store"));
        Store.Adopt(Clip);
        Directory.CreateDirectory(State);
    }

    public ArtifactStore Store { get; }

    public string State => _folder.At("state");

    /// <summary>How reports are answered; the default accepts.</summary>
    public Func<object, TaskProtocol.Answer> Answer { get; set; } = _ => new(null);

    public Func<TaskProtocol.Renew, TaskProtocol.Answer> OnRenew { get; set; } = _ => new(null);

    public double LeaseSeconds { get; set; } = 600;

    public TaskRunner Runner(Func<StageContext, CancellationToken, Task>? hook = null, Func<WorkerParts, WorkerParts>? change = null)
    {
        var stages = StageBook.Of(RecipeNames.Depth, [new ToyStage("flow", 4, [], pool: WorkerPool.PreprocessCpu, hook: hook)]);
        var parts = new WorkerParts
        {
            Node = new NodeId("n1"),
            Coordinator = this,
            Store = Store,
            Stages = stages,
            Executor = new InProcessExecutor(stages, Store, TimeProvider.System, TimeSpan.FromSeconds(5), NullLogger.Instance),
            Slots = new Dictionary<WorkerPool, int> { [WorkerPool.PreprocessCpu] = 1 },
            Outbox = new FileOutbox(Path.Combine(State, "outbox"), NullLogger.Instance),
            StateFolder = State,
            KeepsLogs = true,
            Timings = new WorkerTimings { RetryReport = TimeSpan.FromMilliseconds(5), Trouble = TimeSpan.FromMilliseconds(20) },
        };
        return new TaskRunner(change?.Invoke(parts) ?? parts);
    }

    public static TaskProtocol.Run Task(int index, WorkerPool? pool = null) => new(Clip, new TaskId("flow", index), pool);

    /// <summary>Waits for the next message of this kind that was answered.</summary>
    public async Task<T> HeardAsync<T>(string phase)
        where T : class
    {
        while (true)
        {
            foreach (var told in _told.OfType<T>()) return told;
            if (!await _heard.WaitAsync(TimeSpan.FromSeconds(60))) throw new TimeoutException($"nothing was heard in phase: {phase}");
        }
    }

    public IEnumerable<T> Heard<T>() => _told.OfType<T>();

    public void Dispose() => _folder.Dispose();

    Task<InputProtocol.Page> ICoordinator.InputsAsync(InputProtocol.Ask message, CancellationToken cancellation) =>
        System.Threading.Tasks.Task.FromResult(new InputProtocol.Page([], null));

    Task<TaskProtocol.ClaimAnswer> ICoordinator.ClaimAsync(TaskProtocol.Claim message, CancellationToken cancellation)
    {
        Note(message);
        return System.Threading.Tasks.Task.FromResult(Granted());
    }

    Task<TaskProtocol.Answer> ICoordinator.RenewAsync(TaskProtocol.Renew message, CancellationToken cancellation) =>
        System.Threading.Tasks.Task.FromResult(OnRenew(message));

    Task<TaskProtocol.Answer> ICoordinator.DoneAsync(TaskProtocol.Done message, CancellationToken cancellation) => Reported(message);

    Task<TaskProtocol.Answer> ICoordinator.FailedAsync(TaskProtocol.Failed message, CancellationToken cancellation) => Reported(message);

    Task<TaskProtocol.Answer> ICoordinator.ReleasedAsync(TaskProtocol.Released message, CancellationToken cancellation) => Reported(message);

    Task<TaskProtocol.Answer> ICoordinator.PlannedAsync(PlanProtocol.Planned message, CancellationToken cancellation) => throw new NotSupportedException();

    Task<TaskProtocol.Answer> ICoordinator.PlanFailedAsync(PlanProtocol.Failed message, CancellationToken cancellation) => throw new NotSupportedException();

    Task ICoordinator.ProgressAsync(TaskProtocol.Progress message, CancellationToken cancellation) => System.Threading.Tasks.Task.CompletedTask;

    /// <summary>A claim's answer.</summary>
    public TaskProtocol.ClaimAnswer Granted() => new(new(Interlocked.Increment(ref _epoch), LeaseSeconds, RecipeNames.Depth, new TaskPlan("part"),
        OptionsCodec.Write(new DepthOptions { SourcePath = "/nowhere" }), []), null);

    private Task<TaskProtocol.Answer> Reported(object message)
    {
        var answer = Answer(message);
        if (answer.Refusal != Refusal.Unavailable) Note(message);
        return System.Threading.Tasks.Task.FromResult(answer);
    }

    private void Note(object message)
    {
        _told.Enqueue(message);
        _heard.Release();
    }
}
