using System.Collections.Concurrent;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>Puts states and progress reports together into what a display shows. The pace counts only work of this process.</summary>
internal sealed class ProgressBook(TimeProvider time)
{
    /// <summary>Below this share of work there is no pace to speak of.</summary>
    private const double MinPaceShare = 0.02;

    private readonly ConcurrentDictionary<(ClipId, TaskId), TaskProtocol.Progress> _reports = new();
    private readonly ConcurrentDictionary<(ClipId, StageName), (long Stamp, double Fraction)> _starts = new();
    private readonly ConcurrentDictionary<(ClipId, StageName), TimeSpan> _ended = new();

    public void Note(TaskProtocol.Progress report) => _reports[(report.Clip, report.Task)] = report;

    /// <summary>What a task's attempt said last; null when it said nothing since this process started.</summary>
    public TaskProtocol.Progress? Report(ClipId clip, TaskId task) => _reports.GetValueOrDefault((clip, task));

    public void Note(ClipId clip, ClipEvent happened, ClipState state)
    {
        switch (happened)
        {
            case ClipEvent.Claimed e:
                _reports.TryRemove((clip, e.Task), out _);
                // Looked up first: the fraction costs a look at all that runs, and a stage begins once.
                if (!_starts.ContainsKey((clip, e.Task.Stage)))
                    _starts.TryAdd((clip, e.Task.Stage), (time.GetTimestamp(), Fraction(clip, state, state.Stages[e.Task.Stage])));
                break;
            case ClipEvent.TaskCompleted e when state.Stages[e.Task.Stage].IsComplete && _starts.TryGetValue((clip, e.Task.Stage), out var start):
                _ended[(clip, e.Task.Stage)] = time.GetElapsedTime(start.Stamp);
                break;
        }
    }

    public ClipStatus Status(ClipId clip, ClipState state) =>
        new(clip, state.Phase, state.Specs.Select(s => Status(clip, state, state.Stages[s.Name])).ToArray(), state.Failure?.Text);

    private StageStatus Status(ClipId clip, ClipState state, StageState stage)
    {
        var name = stage.Spec.Name;
        var fraction = Fraction(clip, state, stage);
        var running = stage.TaskIds.Where(id => state.Tasks[id].Phase == TaskPhase.Running).ToArray();
        var message = running.Select(id => _reports.GetValueOrDefault((clip, id))?.Message).LastOrDefault(m => m is not null);
        TimeSpan? elapsed = null, remaining = null;
        if (_ended.TryGetValue((clip, name), out var whole)) elapsed = whole;
        else if (_starts.TryGetValue((clip, name), out var start))
        {
            elapsed = time.GetElapsedTime(start.Stamp);
            var made = fraction - start.Fraction;
            if (made >= MinPaceShare) remaining = elapsed * ((1 - fraction) / made);
        }

        return new(name, stage.TaskCount, stage.DoneCount, running.Length, fraction, message, elapsed, remaining);
    }

    private double Fraction(ClipId clip, ClipState state, StageState stage)
    {
        if (stage.TaskCount is not { } count) return 0;
        if (count == 0 || stage.IsComplete) return 1;
        var parts = stage.TaskIds.Where(id => state.Tasks[id].Phase == TaskPhase.Running)
            .Sum(id => _reports.TryGetValue((clip, id), out var report) && report.Epoch == state.Tasks[id].Epoch ? report.Fraction : 0);
        return (stage.DoneCount + parts) / count;
    }
}
