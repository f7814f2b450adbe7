using System.Collections.Immutable;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Scheduling;

/// <summary>A cluster of numbers around a real scheduler: tasks start when placed and end after their duration, on a clock of events.</summary>
internal sealed class World(SchedulerOptions? options = null)
{
    private readonly PriorityQueue<(ClipId Clip, TaskId Task), DateTimeOffset> _ends = new();
    private readonly Dictionary<(ClipId, TaskId), TimeSpan> _durations = [];
    private long _epoch;

    public Scheduler Scheduler { get; } = new(options ?? new SchedulerOptions { AheadBelow = TimeSpan.Zero });

    public DateTimeOffset Now { get; private set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Dictionary<(ClipId Clip, TaskId Task), (NodeId Node, DateTimeOffset At)> Running { get; } = [];

    /// <summary>Slot time per clip.</summary>
    public Dictionary<ClipId, TimeSpan> Served { get; } = [];

    public List<Placement> Placed { get; } = [];

    public static NodeId Node(int i) => new($"n{i:00}");

    public static NodeCapacity Capacity(int slots, int cpus = 64, long memory = 0, params long[] gpus) =>
        new(ImmutableSortedDictionary<WorkerPool, int>.Empty.Add(WorkerPool.Render, slots), cpus, memory,
            gpus.Select((bytes, i) => new GpuInfo($"gpu-{i}", "test", bytes)).ToArray());

    public static TaskOffer Task(int index, ResourceRequest? needs = null, WorkerPool pool = WorkerPool.Render) =>
        new(new TaskId("s", index), 0, pool, needs ?? ResourceRequest.None);

    public World AddNode(int i, NodeCapacity capacity)
    {
        Scheduler.SetNode(Node(i), capacity, takesWork: true);
        return this;
    }

    public ClipId AddClip(string name, ClipTerms terms, int tasks, TimeSpan duration, ResourceRequest? needs = null)
    {
        var clip = new ClipId(name);
        Scheduler.SetClip(clip, terms);
        for (var i = 0; i < tasks; i++) Offer(clip, Task(i, needs), duration);
        return clip;
    }

    public void Offer(ClipId clip, TaskOffer offer, TimeSpan duration)
    {
        _durations[(clip, offer.Task)] = duration;
        Scheduler.Offer(clip, offer);
    }

    /// <summary>Places what can be placed and lets it start.</summary>
    public IReadOnlyList<Placement> Place()
    {
        var placed = Scheduler.Place(Now);
        foreach (var placement in placed)
        {
            Assert.False(Running.ContainsKey((placement.Clip, placement.Task)));
            Scheduler.TryFind(placement.Clip, placement.Task, out var item);
            Scheduler.Started(placement.Clip, item!.Offer, placement.Node, ++_epoch, Now);
            Running[(placement.Clip, placement.Task)] = (placement.Node, Now);
            _ends.Enqueue((placement.Clip, placement.Task), Now + _durations[(placement.Clip, placement.Task)]);
        }

        Placed.AddRange(placed);
        return placed;
    }

    /// <summary>Goes to the next end of a task.</summary>
    /// <returns>False when nothing runs.</returns>
    public bool Step()
    {
        if (!_ends.TryDequeue(out var key, out var at)) return false;
        Now = at;
        if (!Running.Remove(key, out var run)) return true;
        Served[key.Clip] = Served.GetValueOrDefault(key.Clip) + (Now - run.At);
        Scheduler.Ended(key.Clip, key.Task, Now, isTypical: true);
        return true;
    }

    public void RunFor(TimeSpan time)
    {
        var end = Now + time;
        Place();
        while (_ends.TryPeek(out _, out var at) && at <= end && Step()) Place();
        Now = end;
    }
}
