using Depth3D.Cluster.Entity;

namespace Depth3D.Bench.Messaging;

/// <summary>Time in which single-slot workers computed nothing, as the journal tells it, in milliseconds of one worker in the mean.</summary>
/// <param name="Begin">From the first claim of all until a worker's first task must have begun.</param>
/// <param name="Between">Between two of its tasks, in sum.</param>
/// <param name="LongestOf100">Between two of its tasks, the 99th percentile of all.</param>
/// <param name="End">From its last result to the last of all.</param>
internal sealed record LostTime(double Begin, double Between, double LongestOf100, double End)
{
    /// <param name="events">Of one clip that is done.</param>
    /// <param name="milliseconds">What each task takes.</param>
    public static LostTime Of(IReadOnlyList<ClipEvent> events, int milliseconds)
    {
        var worker = events.OfType<ClipEvent.Claimed>().GroupBy(c => c.Task).ToDictionary(c => c.Key, c => c.Last().Worker);
        var ends = events.OfType<ClipEvent.TaskCompleted>().GroupBy(e => worker[e.Task], e => e.At).Select(w => w.Order().ToArray()).ToArray();
        var (first, last) = (events.OfType<ClipEvent.Claimed>().Min(c => c.At), ends.Max(w => w[^1]));
        var waits = ends.Select(w => w.Zip(w.Skip(1), (one, next) => (next - one).TotalMilliseconds - milliseconds).ToArray()).ToArray();
        var all = waits.SelectMany(w => w).Order().ToArray();
        return new(
            ends.Average(w => (w[0] - first).TotalMilliseconds - milliseconds),
            waits.Average(w => w.Sum()),
            all.Length == 0 ? 0 : all[(int)(0.99 * (all.Length - 1))],
            ends.Average(w => (last - w[^1]).TotalMilliseconds));
    }
}
