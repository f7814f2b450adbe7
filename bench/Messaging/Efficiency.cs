using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Fixtures;

namespace Depth3D.Bench.Messaging;

/// <summary>How much of its workers' time a cluster uses: short tasks over more and more single-slot workers, each a process of its own.</summary>
internal static class Efficiency
{
    private const int Milliseconds = 50;

    /// <summary>Tasks of so many milliseconds go first, because a process that has just started compiles its code.</summary>
    private const int WarmMilliseconds = 5;

    public static async Task MeasureAsync(PrivateBroker broker, int tasks, int warmTasks, IReadOnlyList<int> workers, Action<EfficiencyFigures> print)
    {
        await using var scene = await Scene.StartAsync(broker);
        await scene.StartSeedAsync("seed-1");
        var database = await PrivatePostgres.SharedAsync();
        var meter = new ProcessorMeter(new Dictionary<string, Func<IEnumerable<int>>>
        {
            ["seed"] = () => scene.ProcessIds("seed"),
            ["workers"] = () => scene.ProcessIds("worker"),
            ["broker"] = () => [broker.ProcessId],
            ["database"] = () => [database.ProcessId!.Value],
        });
        var started = 0;
        foreach (var count in workers.Order())
        {
            for (; started < count; started++) await scene.StartWorkerAsync($"worker-{started + 1}");
            await RunAsync(scene, $"warm-{count}", warmTasks * count, WarmMilliseconds);
            var before = meter.Read();
            var (seconds, events) = await RunAsync(scene, $"clip-{count}", tasks, Milliseconds);
            var after = meter.Read();
            print(new(count, seconds, tasks * Milliseconds / 1000.0 / count / seconds, LostTime.Of(events, Milliseconds),
                after.ToDictionary(a => a.Key, a => (a.Value - before[a.Key]) * 1000 / tasks)));
        }
    }

    /// <returns>Seconds from the first claim to the last result, and all that happened to the clip.</returns>
    private static async Task<(double Seconds, IReadOnlyList<ClipEvent> Events)> RunAsync(Scene scene, string clip, int tasks, int milliseconds)
    {
        await scene.SubmitAsync(clip, tasks, milliseconds);
        var events = await scene.EndOfAsync(clip);
        var ends = events.OfType<ClipEvent.TaskCompleted>().Select(e => e.At).ToList();
        if (ends.Count != tasks) throw new InvalidOperationException($"{ends.Count} of {tasks} tasks are done");
        return ((ends.Max() - events.OfType<ClipEvent.Claimed>().Min(e => e.At)).TotalSeconds, events);
    }
}
