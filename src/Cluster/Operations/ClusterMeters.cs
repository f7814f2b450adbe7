using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Observability;
using Depth3D.Cluster.Operations.Handlers;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations;

/// <summary>
/// Measures the cluster on its active seed: pools, nodes, attempts, events. A standby seed shows <see cref="MetricNames.SeedActive"/> as
/// 0 and nothing else of these.
/// </summary>
public sealed class ClusterMeters : IDisposable
{
    private readonly Meter _meter = new(MetricNames.Meter);
    private readonly IActiveCoordinator _seed;
    private readonly Counter<long> _events;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _seconds;
    private readonly ConcurrentDictionary<(ClipId, TaskId), DateTimeOffset> _started = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;

    public ClusterMeters(IActiveCoordinator seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        _seed = seed;
        _events = _meter.CreateCounter<long>(MetricNames.Events, description: "Events of clips' journals.");
        _attempts = _meter.CreateCounter<long>(MetricNames.Attempts, description: "Attempts that ended.");
        _seconds = _meter.CreateHistogram<double>(MetricNames.AttemptSeconds, "s", "How long accepted attempts took.");
        _meter.CreateObservableGauge(MetricNames.SeedActive, () => seed.Health.IsActive ? 1 : 0, description: "1 on the active seed.");
        _meter.CreateObservableGauge(MetricNames.PoolSlots, () => Pools(p => p.Slots), description: "Slots that nodes offer.");
        _meter.CreateObservableGauge(MetricNames.PoolRunning, () => Pools(p => p.Running), description: "Tasks that hold a lease.");
        _meter.CreateObservableGauge(MetricNames.PoolWaiting, () => Pools(p => p.Placed + p.Waiting), description: "Tasks that could run if there were a slot.");
        _meter.CreateObservableGauge(MetricNames.Nodes, Nodes, description: "Nodes by state.");
        _following = FollowAsync();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _following.GetAwaiter().GetResult();
        _meter.Dispose();
        _stop.Dispose();
    }

    private IEnumerable<Measurement<int>> Pools(Func<PoolLoad, int> value) => Ask(active => active.Driver.Load()
        .Select(p => new Measurement<int>(value(p), new KeyValuePair<string, object?>(MetricNames.Pool, StateNames.Of(p.Pool)))));

    private IEnumerable<Measurement<int>> Nodes() => Ask(active => active.Nodes.List().CountBy(ClusterHandlers.StateOf)
        .Select(s => new Measurement<int>(s.Value, new KeyValuePair<string, object?>(MetricNames.State, s.Key))));

    private IEnumerable<Measurement<int>> Ask(Func<ActiveCoordinator, IEnumerable<Measurement<int>>> ask)
    {
        try
        {
            return _seed.Coordinator is { } active ? [.. ask(active)] : [];
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            // It resigned, or is not driving yet.
            return [];
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            await foreach (var item in _seed.WatchAsync(_stop.Token).ConfigureAwait(false))
            {
                if (item.Seed == _seed.Seed.Value) Note(item);
            }
        }
        catch (OperationCanceledException)
        {
            // The seed stops.
        }
    }

    private void Note(FeedProtocol.Item item)
    {
        if (item.Kind == "task-progress") return;
        _events.Add(1, new KeyValuePair<string, object?>(MetricNames.Event, item.Kind));
        if (item is not { Clip: { } clip, Task: { } task }) return;
        if (item.Kind == "task-claimed") _started[(clip, task)] = item.At;
        if (item.Kind is "task-completed" or "task-failed" or "task-released") End(clip, task, item);
    }

    private void End(ClipId clip, TaskId task, FeedProtocol.Item item)
    {
        var stage = new KeyValuePair<string, object?>(MetricNames.Stage, task.Stage.Value);
        _attempts.Add(1, stage, new KeyValuePair<string, object?>(MetricNames.Outcome, item.Kind["task-".Length..]));
        if (_started.TryRemove((clip, task), out var start) && item.Kind == "task-completed") _seconds.Record((item.At - start).TotalSeconds, stage);
    }
}
