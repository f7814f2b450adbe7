using System.Globalization;
using Depth3D.Cluster;
using Depth3D.Messages;

namespace Depth3D.Cli.Running;

/// <summary>
/// Shows where a clip is: one line that redraws itself on a terminal, plain lines when piped. Safe to call from any thread.
/// </summary>
internal sealed class ProgressDisplay(TextWriter writer, bool interactive, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100), LineEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly HashSet<StageName> _complete = [];
    private long? _lastShown;
    private bool _lineOpen;

    public void Show(ClipStatus status)
    {
        lock (_gate)
        {
            foreach (var stage in status.Stages)
            {
                // A stage without tasks is for other clips.
                if (stage.TaskCount > 0 && stage.IsComplete && _complete.Add(stage.Stage)) Line(Completed(stage));
            }

            var every = interactive ? RedrawEvery : LineEvery;
            if (_lastShown is { } last && clock.GetElapsedTime(last) < every) return;
            if (status.Stages.Where(s => s.RunningCount > 0).ToList() is not { Count: > 0 } running) return;
            var isFirst = _lastShown is null;
            _lastShown = clock.GetTimestamp();
            if (interactive) Redraw(string.Join(" | ", running.Select(Describe)));
            else if (!isFirst) running.ForEach(s => Line(Describe(s)));
        }
    }

    public void Say(string text)
    {
        lock (_gate) Line(text);
    }

    public void Dispose()
    {
        lock (_gate) CloseLine();
    }

    private static string Completed(StageStatus stage) => stage.Elapsed is { } elapsed
        ? string.Create(CultureInfo.InvariantCulture, $"{stage.Stage}: done in {elapsed.TotalSeconds:0.0} s")
        : $"{stage.Stage}: done before";

    private static string Describe(StageStatus stage)
    {
        var tasks = stage.TaskCount > 1 ? $" ({stage.DoneCount} of {stage.TaskCount} tasks)" : "";
        var left = stage.Remaining is { } r
            ? string.Create(CultureInfo.InvariantCulture, $", {(r.TotalMinutes >= 1.5 ? $"{r.TotalMinutes:0.#} min" : $"{r.TotalSeconds:0} s")} left")
            : "";
        var message = stage.Message is null ? "" : " - " + stage.Message;
        return string.Create(CultureInfo.InvariantCulture, $"{stage.Stage}: {stage.Fraction * 100:0} %{tasks}{left}{message}");
    }

    private void Redraw(string text)
    {
        var width = Math.Max(20, Console.WindowWidth - 1);
        writer.Write("\r\u001b[K" + Terminal.Printable(text.Length > width ? text[..width] : text));
        writer.Flush();
        _lineOpen = true;
    }

    private void Line(string text)
    {
        CloseLine();
        writer.WriteLine(Terminal.Printable(text));
        writer.Flush();
    }

    private void CloseLine()
    {
        if (_lineOpen) writer.Write("\r\u001b[K");
        _lineOpen = false;
    }
}
