using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>Tasks to look at.</summary>
internal static class TaskHandlers
{
    public static async Task<object> ListAsync(OperatorCall call, CancellationToken cancellation)
    {
        var state = await call.StateAsync(cancellation).ConfigureAwait(false);
        var (stage, only) = (call.Arguments.Stage(), call.Arguments.Text("state"));
        return (IReadOnlyList<TaskRow>)[.. state.Specs.Where(s => stage is null || s.Name == stage).SelectMany(s => state.Stages[s.Name].TaskIds)
            .Select(id => Row(call, state, id)).Where(r => only is null || r.State == only)];
    }

    public static async Task<object> ShowAsync(OperatorCall call, CancellationToken cancellation)
    {
        var state = await call.StateAsync(cancellation).ConfigureAwait(false);
        var id = call.Arguments.Task()!.Value;
        var task = Find(state, call.Clip, id);
        var row = Row(call, state, id);
        var needs = task.Plan.Needs ?? ResourceRequest.None;
        var report = call.Cluster.Progress.Report(call.Clip, id);
        return new TaskView(row.Clip, row.Task, row.Label, row.State, row.Pool, row.Epoch, row.Rung, task.AboveMemory, needs.CpuSlots, needs.Gpus,
            needs.GpuMemoryBytes, needs.MemoryBytes, row.Node, row.Fraction, report?.Epoch == task.Epoch ? report.Message : null,
            task.Failures is { Length: > 0 } failures ? failures[^1].LogTail : "", await AttemptsAsync(call, id, cancellation).ConfigureAwait(false),
            [.. state.Accepted(call.Clip, id.Stage).Where(m => m.Task == id).SelectMany(ExportHandlers.Rows)]);
    }

    /// <exception cref="Depth3DException">The clip has no such task now.</exception>
    public static TaskState Find(ClipState state, ClipId clip, TaskId id) => state.Tasks.TryGetValue(id, out var task) ? task
        : throw new Depth3DException(state.Stages.TryGetValue(id.Stage, out var stage)
            ? stage.TaskCount is { } count ? $"stage '{id.Stage}' has {count} tasks, none of them {id}" : $"stage '{id.Stage}' is not planned yet"
            : $"the clip has no stage '{id.Stage}'; it has {string.Join(", ", state.Specs.Select(s => s.Name))}", clip.Value, $"run: depth3d clip tree {clip}", FailureKind.BadInput);

    public static string StateOf(ClipState state, TaskId id)
    {
        var task = state.Tasks[id];
        if (task.Phase != TaskPhase.Waiting) return StateNames.Of(task.Phase);
        if (state.Phase == ClipPhase.Cancelled) return "cancelled";
        var hold = task.Hold != Hold.None ? task.Hold : state.Stages[id.Stage].Hold;
        return hold != Hold.None ? StateNames.Of(hold) : state.IsPaused ? "paused" : "waiting";
    }

    private static TaskRow Row(OperatorCall call, ClipState state, TaskId id)
    {
        var task = state.Tasks[id];
        var report = task.Phase == TaskPhase.Running ? call.Cluster.Progress.Report(call.Clip, id) : null;
        var fraction = task.IsSettled ? 1 : report is not null && report.Epoch == task.Epoch ? report.Fraction : 0;
        return new(call.Clip.Value, id.ToString(), StateOf(state, id), StateNames.Of(state.Stages[id.Stage].Spec.Pool), task.Epoch, task.FailedAttempts,
            task.Rung, task.Worker ?? "", fraction, task.Plan.Label);
    }

    private static async Task<IReadOnlyList<AttemptRow>> AttemptsAsync(OperatorCall call, TaskId id, CancellationToken cancellation)
    {
        var events = await call.Cluster.Journal.LoadAsync(call.Clip, cancellation).ConfigureAwait(false);
        return [.. ClipTimings.Of(events).Where(t => t.Task == id)
            .Select(t => new AttemptRow(id.ToString(), t.Epoch, t.Worker, t.Started, t.Elapsed?.TotalSeconds, t.Outcome, Why(events, id, t.Epoch)))];
    }

    private static string Why(IReadOnlyList<ClipEvent> events, TaskId id, long epoch) => events.Select(e => e switch
    {
        ClipEvent.TaskFailed f when f.Task == id && f.Epoch == epoch => f.Consequence.Length > 0 ? $"{f.Text} ({f.Consequence})" : f.Text,
        ClipEvent.Released r when r.Task == id && r.Epoch == epoch => r.Reason,
        _ => null,
    }).LastOrDefault(text => text is not null) ?? "";
}
