using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Fixtures;

/// <summary>What must hold of the attempts in any journal: one start each, at most one end, epochs without gaps, nothing after acceptance.</summary>
public static class Attempts
{
    /// <returns>Attempts that have started and not ended.</returns>
    /// <exception cref="InvalidOperationException">It does not hold; says where.</exception>
    public static IReadOnlySet<(TaskId Task, long Epoch)> Check(IEnumerable<ClipEvent> journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var epochs = new Dictionary<TaskId, long>();
        var running = new HashSet<(TaskId Task, long Epoch)>();
        var done = new HashSet<TaskId>();
        foreach (var happened in journal)
        {
            switch (happened)
            {
                case ClipEvent.Claimed e:
                    Must(!done.Contains(e.Task), e, "the task was accepted before");
                    Must(!running.Any(r => r.Task == e.Task), e, "an attempt runs");
                    Must(epochs.GetValueOrDefault(e.Task) + 1 == e.Epoch, e, "the epoch leaves a gap");
                    epochs[e.Task] = e.Epoch;
                    running.Add((e.Task, e.Epoch));
                    break;
                case ClipEvent.TaskCompleted e:
                    Must(running.Remove((e.Task, e.Epoch)), e, "no such attempt runs");
                    Must(done.Add(e.Task), e, "it was accepted before");
                    break;
                case ClipEvent.TaskFailed e:
                    Must(running.Remove((e.Task, e.Epoch)), e, "no such attempt runs");
                    break;
                case ClipEvent.Released e:
                    Must(running.Remove((e.Task, e.Epoch)), e, "no such attempt runs");
                    break;
            }
        }

        return running;
    }

    private static void Must(bool holds, ClipEvent happened, string otherwise)
    {
        if (!holds) throw new InvalidOperationException($"{otherwise}: {happened}");
    }
}
