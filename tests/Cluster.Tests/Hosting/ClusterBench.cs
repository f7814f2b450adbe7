using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.TestHost;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Hosting;

/// <summary>A cluster of the test's own: a virtual host of a private broker, a private database, a store; seeds and workers as asked for.</summary>
internal sealed class ClusterBench : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<IAsyncDisposable> _hosts = [];
    private readonly List<HostProcess> _processes = [];

    private ClusterBench(BrokerOptions broker, string database, IJournal journal)
    {
        (Broker, Database, Journal) = (broker, database, journal);
        Directory.CreateDirectory(Store);
        File.WriteAllText(Source, "frames");
    }

    public BrokerOptions Broker { get; }

    public string Database { get; }

    /// <summary>The test's own view of the journal.</summary>
    public IJournal Journal { get; }

    public string Store => _folder.At("store");

    public string Source => _folder.At("source.mp4");

    public static async Task<ClusterBench> StartAsync()
    {
        Skip.IfNot(PrivateBroker.IsInstalled && PrivatePostgres.Programs is not null, "RabbitMQ and PostgreSQL are needed");
        var broker = await PrivateBroker.SharedAsync();
        var database = await (await PrivatePostgres.SharedAsync()).CreateDatabaseAsync();
        return new ClusterBench(broker.NewSpace(), database, await PostgresJournal.OpenAsync(database, CancellationToken.None));
    }

    public ClusterOptions Options(string node, params string[] roles) => new()
    {
        Node = new NodeId(node),
        Roles = roles,
        Broker = Broker,
        StoreRoot = Store,
        StateFolder = _folder.At($"state-{node}-{_hosts.Count}"), // as on machines of their own
        Journal = Database,
        InProcess = true,
        Shards = 4,
    };

    public async Task<SeedHost> StartSeedAsync(string name, Func<SeedSetup, SeedSetup>? change = null)
    {
        var setup = new SeedSetup
        {
            Options = Options(name, "seed"),
            Recipes = [new Recipe(RecipeNames.Depth, ToyRecipe.Stages())],
            Operators = new ToyOperators(),
            Transport = new RabbitMqTransport(Broker, name),
            Journal = await PostgresJournal.OpenAsync(Database, CancellationToken.None),
            Logs = Logs(name),
        };
        var seed = await SeedHost.StartAsync(change is null ? setup : change(setup), CancellationToken.None).Within($"{name} to start");
        _hosts.Add(seed);
        return seed;
    }

    /// <param name="machine">Tells apart machines on which nodes of one name are started.</param>
    public async Task<WorkerHost> StartWorkerAsync(
        string name, Func<StageContext, CancellationToken, Task>? hook = null, string[]? roles = null, string machine = "")
    {
        var setup = new WorkerSetup
        {
            Options = Options(name, roles ?? ["preprocess", "trainer", "render"]) with { StateFolder = _folder.At($"state-{name}{machine}") },
            Stages = StageBook.Of([new Recipe(RecipeNames.Depth, ToyRecipe.Stages(hook))]),
            Transport = new RabbitMqTransport(Broker, name),
            Logs = Logs(name),
        };
        var worker = await WorkerHost.StartAsync(setup, CancellationToken.None).Within($"{name} to start");
        _hosts.Add(worker);
        return worker;
    }

    /// <summary>Starts a seed or worker as a process and waits until it has started.</summary>
    public async Task<HostProcess> StartProcessAsync(string node, string roles, params (string Name, string Value)[] environment)
    {
        Directory.CreateDirectory(_folder.At($"state-{node}"));
        var told = new Dictionary<string, string>
        {
            ["DEPTH3D_NODE"] = node,
            ["DEPTH3D_ROLE"] = roles,
            ["DEPTH3D_STORE"] = Store,
            ["DEPTH3D_STATE"] = _folder.At($"state-{node}"),
            ["DEPTH3D_JOURNAL"] = Database,
            ["DEPTH3D_SHARDS"] = "4",
            ["DEPTH3D_IN_PROCESS"] = "true",
            ["DEPTH3D_HTTP"] = "none",
            ["DEPTH3D_BROKER_HOSTS"] = Broker.Hosts[0],
            ["DEPTH3D_BROKER_PORT"] = $"{Broker.Port}",
            ["DEPTH3D_BROKER_VIRTUAL_HOST"] = Broker.VirtualHost,
            ["DEPTH3D_BROKER_USER"] = Broker.User,
            ["DEPTH3D_BROKER_PASSWORD"] = Broker.Password,
        };
        foreach (var (name, value) in environment) told[name] = value;
        var process = new HostProcess(told, roles == "seed" ? "seed" : "worker");
        _processes.Add(process);
        await process.UntilAsync("started");
        return process;
    }

    public static async Task<string> AskAsync(SeedHost seed, string command, params (string Name, string Value)[] arguments)
    {
        var request = new OperatorProtocol.Request(command, arguments.ToDictionary(a => a.Name, a => a.Value), "test", "", OperatorRight.Operator);
        var reply = await seed.AskAsync(request, CancellationToken.None).Within(command);
        return reply.Json ?? throw new InvalidOperationException($"{command}: {reply.Error}");
    }

    public Task<string> SubmitAsync(SeedHost seed, string clip) => AskAsync(seed, "clip submit", ("clip", clip), ("source", Source));

    /// <summary>Waits until the journal says that the clip has ended.</summary>
    public Task<ClipPhase> EndAsync(string clip) => EndOfAsync(new ClipId(clip)).Within($"{clip} to end");

    /// <summary>Waits until this is so; looks at it again and again, because processes on a bus tell a test nothing.</summary>
    public static Task UntilAsync(Func<bool> isSo, string phase) => UntilAsync(() => Task.FromResult(isSo()), phase);

    public static Task UntilAsync(Func<Task<bool>> isSo, string phase)
    {
        return LookAsync().Within(phase);

        async Task LookAsync()
        {
            using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!await isSo()) await turns.WaitForNextTickAsync();
        }
    }

    /// <summary>The oracle: every attempt once, every file as recorded. Returns accepted files with their content.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AuditAsync(string clip)
    {
        var events = await Journal.LoadAsync(new ClipId(clip), CancellationToken.None);
        Attempts.Check(events);
        var state = ClipEntity.Replay(events);
        Assert.Equal(ClipPhase.Completed, state.Phase);
        Assert.Empty(state.Running);
        var store = ArtifactStore.Open(Store);
        var accepted = state.Accepted(new ClipId(clip)).ToArray();
        Assert.Equal(ToyRecipe.TaskCount, accepted.Length);
        Assert.All(accepted, m => Assert.Empty(store.Verify(m, CancellationToken.None)));
        return accepted.SelectMany(m => m.Files.Select(f => (Key: $"{m.Task.Stage}/{f.Name}", Path: store.Paths.File(m.Clip, m.Task, m.Epoch, f.Name))))
            .ToDictionary(f => f.Key, f => File.ReadAllText(f.Path));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) process.Dispose();
        foreach (var host in Enumerable.Reverse(_hosts)) await host.DisposeAsync();
        await Journal.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ClipPhase> EndOfAsync(ClipId clip)
    {
        var phase = ClipPhase.None;
        await UntilAsync(async () =>
        {
            phase = (await Journal.ListAsync(CancellationToken.None)).FirstOrDefault(c => c.Clip == clip)?.Summary.Phase ?? ClipPhase.None;
            return phase is ClipPhase.Completed or ClipPhase.Failed or ClipPhase.Cancelled;
        }, $"{clip} to end");
        return phase;
    }

    /// <summary>Silent, unless <c>DEPTH3D_TEST_LOG</c> names a folder.</summary>
    private static ILoggerFactory Logs(string name) => Environment.GetEnvironmentVariable("DEPTH3D_TEST_LOG") is { Length: > 0 } folder
        ? new FileLogs(Path.Combine(folder, $"{name}.log"))
        : NullLoggerFactory.Instance;
}
