using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>Clips to look at.</summary>
internal static class ClipHandlers
{
    public static async Task<object> ListAsync(OperatorCall call, CancellationToken cancellation)
    {
        var (project, state) = (call.Arguments.Text("project"), call.Arguments.Text("state"));
        var clips = (await call.Cluster.Journal.ListAsync(cancellation).ConfigureAwait(false))
            .Where(c => (project is null || c.Summary.Project == project) && (state is null || LiveClips.StateOf(c) == state))
            .OrderByDescending(c => c.Summary.SubmittedAt ?? DateTimeOffset.MinValue).ThenBy(c => c.Clip.Value, StringComparer.Ordinal)
            .Take(Math.Clamp(call.Arguments.Integer("limit") ?? 0, 0, 10_000)).ToArray();
        var rows = new List<ClipRow>();
        foreach (var clip in clips)
        {
            if (clip.Phase == ClipPhase.Running)
            {
                rows.Add(Row(call, clip.Clip, await call.Cluster.Clips.StateAsync(clip.Clip, cancellation).ConfigureAwait(false)));
                continue;
            }

            var s = clip.Summary;
            rows.Add(new(clip.Clip.Value, s.Project, LiveClips.StateOf(clip), s.Priority, s.Weight,
                s.TaskCount == 0 ? 0 : (double)s.DoneCount / s.TaskCount, "", 0, 0, null, s.SubmittedAt, ""));
        }

        return (IReadOnlyList<ClipRow>)rows;
    }

    public static async Task<object> ShowAsync(OperatorCall call, CancellationToken cancellation)
    {
        var state = await call.StateAsync(cancellation).ConfigureAwait(false);
        var row = Row(call, call.Clip, state);
        var tail = state.Failure?.Attempts is { Count: > 0 } attempts ? attempts[^1].LogTail : TailOf(state);
        return new ClipView(row.Clip, row.Project, row.State, row.Priority, row.Weight, row.Fraction, row.RemainingSeconds, row.SubmittedAt, row.By,
            state.Key, state.Recipe, state.InputHash, state.OptionsJson, state.Failure?.Text, tail, Stages(call, state));
    }

    public static async Task<object> TreeAsync(OperatorCall call, CancellationToken cancellation)
    {
        var state = await call.StateAsync(cancellation).ConfigureAwait(false);
        var rows = new List<TreeRow> { new(0, call.Clip.Value, LiveClips.StateOf(state), "", null, state.Recipe) };
        foreach (var stage in Stages(call, state).Where(s => call.Arguments.Stage() is not { } only || only.Value == s.Stage))
        {
            rows.Add(new(1, $"  {stage.Stage}", stage.State, "", null, stage.Tasks is { } count ? $"{stage.Done}/{count} tasks, {stage.Pool}" : $"not planned yet, {stage.Pool}"));
            rows.AddRange(state.Stages[stage.Stage].TaskIds.Select(id => (id, Task: state.Tasks[id]))
                .Select(t => new TreeRow(2, $"    {t.id}", TaskHandlers.StateOf(state, t.id), t.Task.Worker ?? "", t.Task.Epoch == 0 ? null : t.Task.Epoch, t.Task.Plan.Label)));
        }

        return (IReadOnlyList<TreeRow>)rows;
    }

    private static ClipRow Row(OperatorCall call, ClipId clip, ClipState state)
    {
        var status = call.Cluster.Progress.Status(clip, state);
        var current = state.Phase == ClipPhase.Completed ? null : status.Stages.FirstOrDefault(s => !s.IsComplete);
        return new(clip.Value, state.Project, LiveClips.StateOf(state), state.Priority, state.Weight, FractionOf(status), current?.Stage.Value ?? "",
            state.RunningIds.Count, Enum.GetValues<WorkerPool>().Sum(p => state.Open(p).Count), RemainingOf(status), state.SubmittedAt, state.By);
    }

    private static IReadOnlyList<StageRow> Stages(OperatorCall call, ClipState state)
    {
        var failed = state.FailedIds.CountBy(id => id.Stage).ToDictionary();
        return [.. call.Cluster.Progress.Status(call.Clip, state).Stages.Select(s => new StageRow(
            s.Stage.Value, StateNames.Of(state.Stages[s.Stage].Spec.Pool), StateOf(state, s.Stage), s.TaskCount, s.DoneCount, s.RunningCount,
            failed.GetValueOrDefault(s.Stage), s.Fraction, s.Elapsed?.TotalSeconds, s.Remaining?.TotalSeconds, s.Message))];
    }

    private static string StateOf(ClipState state, StageName name)
    {
        var stage = state.Stages[name];
        if (stage.IsComplete) return "done";
        if (stage.Hold != Hold.None) return StateNames.Of(stage.Hold);
        if (state.FailedIds.Any(id => id.Stage == name) || state.Failure?.Stage == name) return "failed";
        if (state.RunningIds.Any(id => id.Stage == name)) return "running";
        return !state.InputsComplete(name) ? "blocked" : stage.TaskCount is null ? "planning" : "waiting";
    }

    /// <summary>Over all tasks; a stage that is not planned counts as one.</summary>
    private static double FractionOf(ClipStatus status)
    {
        var all = status.Stages.Sum(s => Math.Max(s.TaskCount ?? 1, 1));
        return all == 0 ? 1 : status.Stages.Sum(s => s.Fraction * Math.Max(s.TaskCount ?? 1, 1)) / all;
    }

    /// <summary>Of the stages that are running; nobody knows about later ones.</summary>
    private static double? RemainingOf(ClipStatus status)
    {
        var open = status.Stages.Where(s => !s.IsComplete).ToArray();
        return open.Length > 0 && open.All(s => s.Remaining is not null) ? open.Max(s => s.Remaining!.Value.TotalSeconds) : null;
    }

    private static string TailOf(ClipState state) =>
        state.Failure?.Task is { } task && state.Tasks[task].Failures is { Length: > 0 } failures ? failures[^1].LogTail : "";
}
