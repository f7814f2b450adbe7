using Depth3D.Cluster;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Bench.Messaging;

/// <summary>A cluster of processes for one measurement, watched through its journal.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-bench-").FullName;
    private readonly List<(string Part, BenchProcess Process)> _processes = [];
    private Site _site = null!;
    private IJournal _journal = null!;
    private ClusterBus _bus = null!;

    public BrokerOptions Broker => _site.Broker;

    public static async Task<Scene> StartAsync(PrivateBroker broker)
    {
        var scene = new Scene();
        scene._site = await Site.NewAsync(broker, scene._folder);
        scene._journal = await PostgresJournal.OpenAsync(scene._site.Database, CancellationToken.None);
        var transport = new RabbitMqTransport(scene._site.Broker, "bench");
        await transport.DeployAsync(4, CancellationToken.None);
        scene._bus = new ClusterBus(transport, TimeProvider.System, NullLoggerFactory.Instance);
        await scene._bus.StartAsync(CancellationToken.None);
        return scene;
    }

    /// <summary>Processes of a part that were started.</summary>
    public IEnumerable<int> ProcessIds(string part) => _processes.Where(p => p.Part == part).Select(p => p.Process.Id);

    public async Task<BenchProcess> StartSeedAsync(string name) => await StartAsync("seed", name, _site);

    /// <param name="port">Another port of the broker, such as that of a <see cref="CutLink"/>.</param>
    public Task<BenchProcess> StartWorkerAsync(string name, int? port = null) =>
        StartAsync("worker", name, port is null ? _site : _site with { Broker = _site.Broker with { Port = port.Value } });

    public async Task SubmitAsync(string clip, int tasks, int milliseconds)
    {
        var arguments = new Dictionary<string, string> { ["clip"] = clip, ["source"] = FormattableString.Invariant($"{tasks}x{milliseconds}") };
        var request = new OperatorProtocol.Request("clip submit", arguments, "bench", "", OperatorRight.Operator);
        var reply = await _bus.AskAsync<OperatorProtocol.Request, OperatorProtocol.Reply>(Queues.Operations, request, TimeSpan.FromMinutes(1), default);
        if (reply.Json is null) throw new InvalidOperationException($"submit: {reply.Error}");
    }

    /// <summary>Waits until the clip's events are so.</summary>
    public async Task<IReadOnlyList<ClipEvent>> UntilAsync(string clip, Func<IReadOnlyList<ClipEvent>, bool> isSo, int everyMilliseconds = 50)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (true)
        {
            var events = await _journal.LoadAsync(new ClipId(clip), limit.Token);
            if (isSo(events)) return events;
            await Task.Delay(everyMilliseconds, limit.Token);
        }
    }

    public async Task<IReadOnlyList<ClipEvent>> EndOfAsync(string clip)
    {
        using var limit = new CancellationTokenSource(Longest);
        while ((await _journal.ListAsync(limit.Token)).All(c => c.Clip.Value != clip || c.Phase == ClipPhase.Running)) await Task.Delay(100, limit.Token);
        return await _journal.LoadAsync(new ClipId(clip), limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Select(async p => await p.Process.DisposeAsync()));
        await _bus.DisposeAsync();
        await _journal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<BenchProcess> StartAsync(string part, string name, Site site)
    {
        var process = await BenchProcess.StartAsync(part, site.Write(name), name);
        _processes.Add((part, process));
        return process;
    }
}
