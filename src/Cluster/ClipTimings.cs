using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>Reads a clip's attempts out of its journal.</summary>
internal static class ClipTimings
{
    public static IReadOnlyList<TaskTiming> Of(IReadOnlyList<ClipEvent> events)
    {
        var labels = events.OfType<ClipEvent.StagePlanned>()
            .SelectMany(e => e.Tasks.Select((plan, index) => (Id: new TaskId(e.Stage, index), plan.Label)))
            .ToDictionary(t => t.Id, t => t.Label);
        var ends = new Dictionary<(TaskId, long), (DateTimeOffset At, string Outcome)>();
        foreach (var happened in events)
        {
            if (End(happened) is { } end) ends[end.Key] = (happened.At, end.Outcome);
        }

        return events.OfType<ClipEvent.Claimed>().Select(e => ends.TryGetValue((e.Task, e.Epoch), out var end)
            ? new TaskTiming(e.Task, labels[e.Task], e.Epoch, e.Worker, e.At, end.At, end.Outcome)
            : new TaskTiming(e.Task, labels[e.Task], e.Epoch, e.Worker, e.At, null, "running")).ToArray();
    }

    private static ((TaskId, long) Key, string Outcome)? End(ClipEvent happened) => happened switch
    {
        ClipEvent.TaskCompleted e => ((e.Task, e.Epoch), "done"),
        ClipEvent.TaskFailed e => ((e.Task, e.Epoch), "failed"),
        ClipEvent.Released e => ((e.Task, e.Epoch), "released"),
        _ => null,
    };
}
