using System.Collections.Immutable;
using Depth3D.Cluster;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.TestHost;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Bench.Messaging;

/// <summary>What this program does when the benchmark has started it once more.</summary>
internal static class Parts
{
    private static readonly Recipe Recipe = new(RecipeNames.Depth, [new SleepStage()]);

    public static async Task RunAsync(string part, Site site, string name)
    {
        await using var running = part switch
        {
            "bus-worker" => await BusExchange.StartWorkerAsync(site.Broker, name),
            "bare-worker" => await BareExchange.StartWorkerAsync(site.Broker, name),
            "seed" => await SeedAsync(site, name),
            "worker" => await WorkerAsync(site, name),
            _ => throw new Depth3DException($"no part '{part}'", kind: FailureKind.Usage),
        };
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
    }

    private static ClusterOptions Options(Site site, string name, string role) => new()
    {
        Node = new(name),
        Roles = [role],
        Broker = site.Broker,
        StoreRoot = site.Store,
        StateFolder = Path.Combine(site.State, name),
        Journal = site.Database,
        InProcess = true,
        Shards = 4,
        Slots = ImmutableSortedDictionary<WorkerPool, int>.Empty.Add(WorkerPool.PreprocessCpu, 1).Add(WorkerPool.PreprocessGpu, 0),
    };

    private static async Task<IAsyncDisposable> SeedAsync(Site site, string name)
    {
        var seed = await SeedHost.StartAsync(new SeedSetup
        {
            Options = Options(site, name, "seed"),
            Recipes = [Recipe],
            Operators = new ToyOperators(),
            Transport = new RabbitMqTransport(site.Broker, name),
            Journal = await PostgresJournal.OpenAsync(site.Database, CancellationToken.None),
        }, CancellationToken.None);
        _ = TellWhenActiveAsync(seed);
        return seed;
    }

    private static async Task TellWhenActiveAsync(SeedHost seed)
    {
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!seed.Health.IsActive) await turns.WaitForNextTickAsync();
        Console.WriteLine("active");
    }

    private static async Task<IAsyncDisposable> WorkerAsync(Site site, string name) => await WorkerHost.StartAsync(new WorkerSetup
    {
        Options = Options(site, name, "preprocess"),
        Stages = StageBook.Of([Recipe]),
        Transport = new RabbitMqTransport(site.Broker, name),
    }, CancellationToken.None);
}
