using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Faults.Tests;

/// <summary>
/// Fault 5: five hosts as network namespaces, of which the active seed and a worker in the middle of a task are cut off from the broker,
/// the database and the other three; also when only one direction is lost.
/// </summary>
[Collection(FaultRun.Name)]
public sealed class PartitionTests(FaultRun run, PartitionTests.Machines machines) : IClassFixture<PartitionTests.Machines>
{
    private static readonly TaskId Task = new("cut", 0);

    /// <summary>How soon a dead link is noticed.</summary>
    private static readonly (string, string) Heartbeat = ("DEPTH3D_BROKER_HEARTBEAT_SECONDS", "1");

    [SkippableTheory]
    [InlineData("cut")]
    [InlineData("mute")]
    [InlineData("deaf")]
    public async Task The_majority_goes_on_and_after_healing_there_is_one_leader_and_one_result(string loss)
    {
        Skip.If(machines.Obstacle is not null, machines.Obstacle);
        await using var cluster = await run.StartAsync(machines.Broker.NewSpace(), await machines.Database.CreateDatabaseAsync());
        foreach (var node in machines.Nodes) cluster.Hosts[node] = machines.HostOf(node);
        var leader = await cluster.StartActiveSeedAsync("seed-1", Heartbeat, (ToySettings.Grace, "2"));
        var standby = await cluster.StartSeedAsync("seed-2", Heartbeat, (ToySettings.Grace, "2"));
        foreach (var node in machines.Nodes.Where(n => n.StartsWith('w')))
            await cluster.StartWorkerAsync(node, Heartbeat, (ToySettings.Delay, "5000"), (ToySettings.DelayAt, $"{Task}"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        var first = await cluster.HappensAsync<ClipEvent.Claimed>(FaultCluster.Toy, e => e.Task == Task, "the first claim");

        string[] minority = ["seed-1", first.Worker];
        foreach (var node in minority) machines.Lose(loss, node);
        var lost = Stopwatch.GetTimestamp();
        await cluster.SaysAsync(standby, "active");
        await cluster.SaysAsync(leader, "standby");
        await cluster.HappensAsync<ClipEvent.Claimed>(FaultCluster.Toy, e => e.Task == Task && e.Epoch == 2, "the majority to take the task");
        var recovered = Stopwatch.GetElapsedTime(lost);
        await cluster.EndAsync(FaultCluster.Toy);
        var accepted = await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task == Task, "the result");

        foreach (var node in minority) machines.Heal(node);
        await cluster.UntilAsync(() => System.Threading.Tasks.Task.FromResult(IsWithdrawn(cluster, first.Worker)), "the late result to be withdrawn");
        await ClusterAudit.CompletedAsync(cluster, "5 partition 2|3 (namespaces)", Words(loss), recovered);
        Assert.True(accepted.Epoch > 1, "the result of the minority was accepted");
        Assert.All(await cluster.Journal.ShardsAsync(CancellationToken.None), shard => Assert.Equal("seed-2", shard.Owner));
    }

    private static bool IsWithdrawn(FaultCluster cluster, string worker) => !Directory.Exists(ArtifactStore.Attach(cluster.Store).Paths.Published(FaultCluster.Toy, Task, 1))
        && cluster.UnsentOf(worker).Length == 0;

    private static string Words(string loss) => loss switch
    {
        "cut" => "active seed and worker, both directions",
        "mute" => "active seed and worker, what they send",
        _ => "active seed and worker, what is sent to them",
    };

    /// <summary>Five hosts, and a broker and a database outside of them.</summary>
    public sealed class Machines : IAsyncLifetime
    {
        private readonly Dictionary<string, string> _hosts = [];
        private HostNetwork? _network;

        public IReadOnlyList<string> Nodes { get; } = ["seed-1", "seed-2", "worker-1", "worker-2", "worker-3"];

        public string? Obstacle { get; private set; }

        public PrivateBroker Broker { get; private set; } = null!;

        public PrivatePostgres Database { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Obstacle = PrivateBroker.IsInstalled && PrivatePostgres.Programs is not null ? HostNetwork.Obstacle : "RabbitMQ and PostgreSQL are needed";
            if (Obstacle is not null) return;
            _network = new HostNetwork();
            Broker = await PrivateBroker.StartAsync(new PrivateBrokerSettings { Address = _network.Outside });
            Database = await PrivatePostgres.StartAsync(_network.Outside);
        }

        public string HostOf(string node) => _hosts.TryGetValue(node, out var host) ? host : _hosts[node] = _network!.Add();

        public void Lose(string loss, string node)
        {
            if (loss == "cut") _network!.Cut(_hosts[node]);
            else if (loss == "mute") _network!.Mute(_hosts[node]);
            else _network!.Deafen(_hosts[node]);
        }

        public void Heal(string node) => _network!.Heal(_hosts[node]);

        public async Task DisposeAsync()
        {
            if (Broker is not null) await Broker.DisposeAsync();
            if (Database is not null) await Database.DisposeAsync();
            _network?.Dispose();
        }
    }
}
