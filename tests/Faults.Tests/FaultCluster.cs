using System.Text;
using System.Text.Json;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Faults.Tests;

/// <summary>
/// A cluster of processes for one test: seeds and workers of the toy recipe on a virtual host and a database of their own, each with a
/// folder for its state and a log. The processes end with this object in every case. Waits that take too long say what for, and show the logs.
/// </summary>
internal sealed class FaultCluster : IAsyncDisposable
{
    public static readonly ClipId Toy = new("toy");

    public const int Shards = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);

    private readonly TempFolder _folder = new();
    private readonly List<HostProcess> _processes = [];
    private readonly ClusterBus _bus;

    private FaultCluster(FaultRun run, BrokerOptions broker, string database, IJournal journal)
    {
        (Run, Broker, Database, Journal) = (run, broker, database, journal);
        _bus = new ClusterBus(new RabbitMqTransport(broker, "test"), TimeProvider.System, NullLoggerFactory.Instance);
        Directory.CreateDirectory(Store);
        Directory.CreateDirectory(LogFolder);
        File.WriteAllText(Source, "frames");
    }

    public FaultRun Run { get; }

    public BrokerOptions Broker { get; }

    public string Database { get; }

    /// <summary>The test's own view of the journal.</summary>
    public IJournal Journal { get; }

    /// <summary>Nodes that run on a host of a <see cref="HostNetwork"/>, by name; others run where this process does.</summary>
    public Dictionary<string, string> Hosts { get; } = [];

    public string Store => At("store");

    public string Source => At("source.mp4");

    private string LogFolder => At("logs");

    public static async Task<FaultCluster> StartAsync(FaultRun run, BrokerOptions broker, string database)
    {
        var cluster = new FaultCluster(run, broker, database, await PostgresJournal.OpenAsync(database, CancellationToken.None));
        await cluster._bus.StartAsync(CancellationToken.None);
        return cluster;
    }

    public string At(string name) => _folder.At(name);

    /// <summary>A node's own folder: its outbox and locks, kept when it is started again under the same name.</summary>
    public string StateOf(string node) => At($"state-{node}");

    /// <summary>Attempts whose reports lie on a node's disk, also while it runs.</summary>
    public (TaskId Task, long Epoch)[] UnsentOf(string node)
    {
        var file = Path.Combine(StateOf(node), "outbox", FileOutbox.FileName);
        var reports = File.Exists(file) ? OutboxLines.Read(File.ReadAllBytes(file), why => throw new InvalidDataException(why)) : [];
        return [.. reports.Select(r => (r.Attempt.Task, r.Attempt.Epoch))];
    }

    /// <summary>What a node logs.</summary>
    public string LogOf(string node) => Path.Combine(LogFolder, $"{node}.log");

    public Task<HostProcess> StartSeedAsync(string node, params (string Name, string Value)[] settings) => StartAsync(node, "seed", settings);

    /// <summary>Starts a worker for all pools.</summary>
    public Task<HostProcess> StartWorkerAsync(string node, params (string Name, string Value)[] settings) =>
        StartAsync(node, "preprocess,trainer,render", settings);

    /// <summary>Starts a seed and waits until it is the active one.</summary>
    public async Task<HostProcess> StartActiveSeedAsync(string node, params (string Name, string Value)[] settings)
    {
        var seed = await StartSeedAsync(node, settings);
        await SaysAsync(seed, "active");
        return seed;
    }

    /// <summary>Starts a process and waits until it has started.</summary>
    /// <param name="node">Its name.</param>
    /// <param name="roles">As in <c>--role</c>.</param>
    /// <param name="settings">Environment variables: settings of a node and of <see cref="Cluster.TestHost.ToySettings"/>.</param>
    public async Task<HostProcess> StartAsync(string node, string roles, params (string Name, string Value)[] settings)
    {
        Directory.CreateDirectory(StateOf(node));
        var told = Told(node, roles);
        foreach (var (name, value) in settings) told[name] = value;
        var process = new HostProcess(Hosts.GetValueOrDefault(node), told, roles == "seed" ? "seed" : "worker");
        _processes.Add(process);
        await SaysAsync(process, "started");
        return process;
    }

    /// <summary>Waits until a process says a line that starts so.</summary>
    public Task<IReadOnlyList<string>> SaysAsync(HostProcess process, string start) => LoggedAsync(() => process.UntilAsync(start));

    /// <summary>Asks whichever seed is active, as an operator; waits for one to be.</summary>
    public async Task<OperatorProtocol.Reply> AskAsync(string command, params (string Name, string Value)[] arguments)
    {
        var request = new OperatorProtocol.Request(command, arguments.ToDictionary(a => a.Name, a => a.Value), "test", "", OperatorRight.Operator);
        OperatorProtocol.Reply? reply = null;
        await UntilAsync(async () =>
        {
            try
            {
                reply = await _bus.AskAsync<OperatorProtocol.Request, OperatorProtocol.Reply>(Queues.Operations, request, Answer, CancellationToken.None);
                return reply.ExitCode != ExitCode.Unreachable;
            }
            catch (Exception e) when (e is TimeoutException or MassTransit.MassTransitException or OperationCanceledException)
            {
                return false;
            }
        }, $"an answer to '{command}'");
        return reply!;
    }

    /// <summary>The answer's result, for a command that must not be refused.</summary>
    public async Task<T> AskAsync<T>(string command, params (string Name, string Value)[] arguments)
    {
        var reply = await AskAsync(command, arguments);
        return JsonSerializer.Deserialize<T>(reply.Json ?? throw new InvalidOperationException($"{command}: {reply.Error}"))!;
    }

    /// <summary>Submits a clip of the toy recipe.</summary>
    public async Task SubmitAsync(ClipId clip) =>
        Assert.Equal("accepted", await AskAsync<string>("clip submit", ("clip", clip.Value), ("source", Source)));

    /// <summary>Sends a report as a worker would, and returns what the coordinator answers.</summary>
    public Task<TaskProtocol.Answer> ReportAsync(TaskProtocol.Done report) =>
        _bus.AskAsync<TaskProtocol.Done, TaskProtocol.Answer>(Queues.Clips(report.Clip, Shards), report, Longest, CancellationToken.None);

    public Task<IReadOnlyList<ClipEvent>> EventsAsync(ClipId clip) => Journal.LoadAsync(clip, CancellationToken.None);

    /// <summary>Waits until the journal of a clip holds such an event.</summary>
    public async Task<T> HappensAsync<T>(ClipId clip, Func<T, bool> which, string phase)
        where T : ClipEvent
    {
        T? found = null;
        await UntilAsync(async () => (found = (await EventsAsync(clip)).OfType<T>().FirstOrDefault(which)) is not null, phase);
        return found!;
    }

    /// <summary>Waits until the journal says that the clip has ended.</summary>
    public async Task<ClipPhase> EndAsync(ClipId clip)
    {
        var phase = ClipPhase.None;
        await UntilAsync(async () =>
        {
            phase = (await Journal.ListAsync(CancellationToken.None)).FirstOrDefault(c => c.Clip == clip)?.Summary.Phase ?? ClipPhase.None;
            return phase is ClipPhase.Completed or ClipPhase.Failed or ClipPhase.Cancelled;
        }, $"{clip} to end");
        return phase;
    }

    /// <summary>Waits until this is so; looks again and again, because processes on a bus tell a test nothing.</summary>
    public Task UntilAsync(Func<Task<bool>> isSo, string phase) => LoggedAsync(async () =>
    {
        using var limit = new CancellationTokenSource(Longest);
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
        while (!await isSo())
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"waited {Longest.TotalSeconds:0} s for {phase}");
            await turns.WaitForNextTickAsync(CancellationToken.None);
        }

        return true;
    });

    /// <summary>Adds the ends of all processes' logs to what goes wrong in here.</summary>
    public async Task<T> LoggedAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is not SkipException)
        {
            throw new InvalidOperationException($"{e.Message}\n{Logs()}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) process.Dispose();
        await _bus.DisposeAsync();
        await Journal.DisposeAsync();
        _folder.Dispose();
    }

    private Dictionary<string, string> Told(string node, string roles) => new()
    {
        ["DEPTH3D_NODE"] = node,
        ["DEPTH3D_ROLE"] = roles,
        ["DEPTH3D_STORE"] = Store,
        ["DEPTH3D_STATE"] = StateOf(node),
        ["DEPTH3D_JOURNAL"] = Database,
        ["DEPTH3D_SHARDS"] = $"{Shards}",
        ["DEPTH3D_IN_PROCESS"] = "true",
        ["DEPTH3D_HTTP"] = "none",
        ["DEPTH3D_BROKER_HOSTS"] = Broker.Hosts[0],
        ["DEPTH3D_BROKER_PORT"] = $"{Broker.Port}",
        ["DEPTH3D_BROKER_VIRTUAL_HOST"] = Broker.VirtualHost,
        ["DEPTH3D_BROKER_USER"] = Broker.User,
        ["DEPTH3D_BROKER_PASSWORD"] = Broker.Password,
        ["DEPTH3D_TEST_LOG"] = LogFolder,
    };

    private string Logs()
    {
        const int Lines = 40;
        var text = new StringBuilder();
        foreach (var log in Directory.EnumerateFiles(LogFolder).Order(StringComparer.Ordinal))
            text.Append($"--- {Path.GetFileName(log)}\n").AppendJoin('\n', File.ReadLines(log).TakeLast(Lines)).Append('\n');
        return text.ToString();
    }
}
