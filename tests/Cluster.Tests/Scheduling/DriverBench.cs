using System.Collections.Immutable;
using System.Threading.Channels;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Scheduling;

/// <summary>A driver over a real journal on a clock that the test moves; nodes are what the test says they are.</summary>
internal sealed class DriverBench : IAsyncDisposable
{
    public static readonly ClipId Clip = new("x");
    public static readonly TaskId First = new("a", 0);

    private readonly TempFolder _folder = new();
    private readonly SqliteJournal _journal;
    private readonly Channel<(NodeId Node, object Message)> _sent = Channel.CreateUnbounded<(NodeId, object)>();
    private readonly Dictionary<NodeId, long> _beats = [];

    private DriverBench()
    {
        _journal = SqliteJournal.Open(_folder.At("journal.db"));
        Clock = new SteadyClock(Time);
        Nodes = new NodeRegistry(Clock, new NodeTimings());
        Clips = new ClipRegistry(_journal, Clock, Timings);
        Coordinator = new Coordinator(Clips, Clock, Timings);
    }

    public static CoordinatorTimings Timings { get; } = new()
    {
        Lease = TimeSpan.FromSeconds(30),
        Tick = TimeSpan.FromSeconds(1),
        Resend = TimeSpan.FromSeconds(5),
        Failures = FailurePolicy.Cluster,
    };

    public ManualTime Time { get; } = new();

    public SteadyClock Clock { get; }

    public NodeRegistry Nodes { get; }

    public ClipRegistry Clips { get; }

    public Coordinator Coordinator { get; }

    public Driver Driver { get; private set; } = null!;

    public static async Task<DriverBench> StartAsync()
    {
        var bench = new DriverBench();
        await bench.Clips.AcquireAsync(1, "test", default);
        bench.Driver = new Driver(bench.Clips, bench.Nodes, new Outlet(bench._sent.Writer), bench.Clock, bench.Time, Timings,
            new SchedulerOptions { AheadBelow = TimeSpan.Zero }, NullLogger<Driver>.Instance);
        return bench;
    }

    public static NodeId Node(string name) => new(name);

    /// <summary>A node speaks, and the grace after the start is over.</summary>
    public void Beat(string node, int slots = 1, params HeldTask[] held)
    {
        var id = new NodeId(node);
        _beats[id] = _beats.GetValueOrDefault(id) + 1;
        var pools = ImmutableSortedDictionary<WorkerPool, int>.Empty.Add(WorkerPool.PreprocessCpu, slots).Add(WorkerPool.Trainer, slots);
        Nodes.Beat(new(id, "1", _beats[id], "1", [], new NodeCapacity(pools, 64, 0, []), NodeCondition.Up, held, new NodeUsage(0, 0, 0, []), "host"));
    }

    public async Task SubmitAsync(ClipId clip, int tasks = 2)
    {
        await Clips.ApplyAsync(clip, Entity.Clips.Submit with { Now = Clock.Now }, default);
        await Coordinator.PlannedAsync(new(clip, "a", Enumerable.Range(0, tasks).Select(i => new TaskPlan($"a{i}")).ToArray()), default);
        Driver.Activate(clip);
    }

    /// <summary>The next message of this kind that the driver sends; others are passed over.</summary>
    public async Task<(NodeId Node, TMessage Message)> SentAsync<TMessage>(string phase)
    {
        while (true)
        {
            var (node, message) = await _sent.Reader.ReadAsync().AsTask().Within(phase);
            if (message is TMessage wanted) return (node, wanted);
        }
    }

    public async Task<long> ClaimAsync(TaskId task, NodeId node, ClipId? clip = null)
    {
        var answer = await Coordinator.ClaimAsync(new(clip ?? Clip, task, node.Value), default);
        Assert.NotNull(answer.Grant);
        return answer.Grant.Epoch;
    }

    public void Pass(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets time pass tick by tick until something holds; every tick the driver's loop has its chance.</summary>
    public async Task PassUntilAsync(Func<Task<bool>> holds, string phase, Action? eachSecond = null)
    {
        for (var left = 400; left > 0; left--)
        {
            if (await holds()) return;
            Pass(1);
            eachSecond?.Invoke();
            await Driver.IdleAsync().Within(phase);
        }

        throw new TimeoutException($"it never came about: {phase}");
    }

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await _journal.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class Outlet(ChannelWriter<(NodeId, object)> sent) : IWorkOutlet
    {
        public async Task RunAsync(NodeId node, TaskProtocol.Run message, CancellationToken cancellation)
        {
            await Send(node, message with { More = null });
            foreach (var further in message.More ?? []) await Send(node, further);
        }

        public Task PlanAsync(NodeId node, PlanProtocol.Plan message, CancellationToken cancellation) => Send(node, message);

        public Task StopAsync(NodeId node, WorkerProtocol.Stop message, CancellationToken cancellation) => Send(node, message);

        public Task ControlAsync(NodeId node, NodeProtocol.Control message, CancellationToken cancellation) => Send(node, message);

        private Task Send(NodeId node, object message)
        {
            sent.TryWrite((node, message));
            return Task.CompletedTask;
        }
    }
}
