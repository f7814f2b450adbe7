using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>clip cost</c>: out of the journal, so it is the same at any time and on any seed.</summary>
internal static class CostHandlers
{
    private const double SecondsPerHour = 3600;

    public static async Task<object> CostAsync(SeedFiles files, CommandArguments arguments, CancellationToken cancellation)
    {
        var clip = arguments.Clip()!.Value;
        var events = await files.Journal.LoadAsync(clip, cancellation).ConfigureAwait(false);
        if (events.Count == 0) throw SeedFiles.Unknown(clip);
        var now = files.Time.GetUtcNow();
        var needs = events.OfType<ClipEvent.StagePlanned>().SelectMany(e => e.Tasks.Select((plan, i) => (Id: new TaskId(e.Stage, i), plan.Needs)))
            .ToDictionary(t => t.Id, t => t.Needs ?? ResourceRequest.None);
        var stages = ClipTimings.Of(events).GroupBy(t => t.Task.Stage)
            .Select(stage => Row(stage.Key, [.. stage.Select(t => (t, Seconds: ((t.Ended ?? now) - t.Started).TotalSeconds, needs[t.Task]))],
                arguments.Number("core-rate") ?? 0, arguments.Number("gpu-rate") ?? 0)).ToArray();
        var wall = ((IsOver(events[^1]) ? events[^1].At : now) - events[0].At).TotalSeconds;
        return new CostView(clip.Value, wall, stages.Sum(s => s.CoreSeconds), stages.Sum(s => s.GpuSeconds), stages.Sum(s => s.LostSeconds), stages.Sum(s => s.Cost), stages);
    }

    private static StageCostRow Row(
        StageName stage, IReadOnlyList<(TaskTiming Timing, double Seconds, ResourceRequest Needs)> attempts, double coreRate, double gpuRate)
    {
        var cores = attempts.Sum(a => a.Seconds * a.Needs.CpuSlots);
        var gpus = attempts.Sum(a => a.Seconds * a.Needs.Gpus);
        var lost = attempts.Where(a => a.Timing.Outcome is "failed" or "released").Sum(a => a.Seconds);
        return new(stage.Value, attempts.Count, cores, gpus, lost, ((cores * coreRate) + (gpus * gpuRate)) / SecondsPerHour);
    }

    private static bool IsOver(ClipEvent last) => last is ClipEvent.Completed or ClipEvent.Failed or ClipEvent.Cancelled;
}
