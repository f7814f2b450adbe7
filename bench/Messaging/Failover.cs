using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Fixtures;

namespace Depth3D.Bench.Messaging;

/// <summary>How long the cluster stands still after a failure, as its journal tells: from the failure to the next claim.</summary>
internal static class Failover
{
    private const int Long = 120_000;

    /// <summary>A worker is killed in the middle of a task; an idle one stands by.</summary>
    public static async Task<double> WorkerKilledAsync(PrivateBroker broker)
    {
        await using var scene = await Scene.StartAsync(broker);
        await scene.StartSeedAsync("seed-1");
        var dying = await scene.StartWorkerAsync("worker-1");
        await scene.SubmitAsync("clip", 1, Long);
        await scene.UntilAsync("clip", e => Claims(e).Count == 1);
        await scene.StartWorkerAsync("worker-2");
        await Task.Delay(Settled);
        var killed = DateTimeOffset.UtcNow;
        await dying.KillAsync();
        return (await SecondClaimAsync(scene) - killed).TotalSeconds;
    }

    /// <summary>The link of a worker is cut in the middle of a task.</summary>
    public static async Task<double> LinkCutAsync(PrivateBroker broker)
    {
        await using var scene = await Scene.StartAsync(broker);
        await using var link = new CutLink(broker.Port);
        await scene.StartSeedAsync("seed-1");
        await scene.StartWorkerAsync("worker-1", link.Port);
        await scene.SubmitAsync("clip", 1, Long);
        await scene.UntilAsync("clip", e => Claims(e).Count == 1);
        await scene.StartWorkerAsync("worker-2");
        await Task.Delay(Settled);
        var cut = DateTimeOffset.UtcNow;
        link.Cut();
        return (await SecondClaimAsync(scene) - cut).TotalSeconds;
    }

    /// <summary>The active seed is killed while two workers go through short tasks; another seed stands by.</summary>
    public static async Task<double> SeedKilledAsync(PrivateBroker broker)
    {
        await using var scene = await Scene.StartAsync(broker);
        BenchProcess[] seeds = [await scene.StartSeedAsync("seed-1"), await scene.StartSeedAsync("seed-2")];
        await RunningAsync(scene);
        var active = seeds.Single(s => s.HasSaid("active"));
        var killed = DateTimeOffset.UtcNow;
        await active.KillAsync();
        var first = (await scene.UntilAsync("clip", e => Claims(e).Any(c => c.At > killed))).OfType<ClipEvent.Claimed>().First(c => c.At > killed);
        return (first.At - killed).TotalSeconds;
    }

    /// <summary>The broker is killed and started again while two workers go through short tasks.</summary>
    /// <returns>Seconds from the kill until it takes connections, and from then to the next claim; tasks lost and done twice.</returns>
    public static async Task<(double Broker, double After, int Lost, int Doubled)> BrokerKilledAsync()
    {
        await using var broker = await PrivateBroker.StartAsync();
        await using var scene = await Scene.StartAsync(broker);
        await scene.StartSeedAsync("seed-1");
        await RunningAsync(scene);
        var killed = DateTimeOffset.UtcNow;
        await broker.KillAsync();
        await broker.StartAgainAsync();
        var back = DateTimeOffset.UtcNow;
        var first = (await scene.UntilAsync("clip", e => Claims(e).Any(c => c.At > back))).OfType<ClipEvent.Claimed>().First(c => c.At > back);
        var done = (await scene.EndOfAsync("clip")).OfType<ClipEvent.TaskCompleted>().Select(c => c.Task).ToList();
        return ((back - killed).TotalSeconds, (first.At - back).TotalSeconds, ShortTasks - done.Distinct().Count(), done.Count - done.Distinct().Count());
    }

    private const int ShortTasks = 2000;

    /// <summary>Long enough for a worker's first heartbeat, and for the quiet time after a seed has become active.</summary>
    private static TimeSpan Settled { get; } = TimeSpan.FromSeconds(13);

    private static async Task RunningAsync(Scene scene)
    {
        await scene.StartWorkerAsync("worker-1");
        await scene.StartWorkerAsync("worker-2");
        await Task.Delay(Settled);
        await scene.SubmitAsync("clip", ShortTasks, 20);
        await scene.UntilAsync("clip", e => e.OfType<ClipEvent.TaskCompleted>().Count() > ShortTasks / 20);
    }

    private static async Task<DateTimeOffset> SecondClaimAsync(Scene scene) =>
        Claims(await scene.UntilAsync("clip", e => Claims(e).Count >= 2))[1].At;

    private static List<ClipEvent.Claimed> Claims(IReadOnlyList<ClipEvent> events) => events.OfType<ClipEvent.Claimed>().ToList();
}
