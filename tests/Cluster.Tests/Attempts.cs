using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests;

/// <summary>What must hold of the attempts in any journal: one start each, at most one end, epochs without gaps, nothing after acceptance.</summary>
internal static class Attempts
{
    public static void Check(IEnumerable<ClipEvent> journal)
    {
        var epochs = new Dictionary<TaskId, long>();
        var running = new HashSet<(TaskId, long)>();
        var done = new HashSet<TaskId>();
        foreach (var happened in journal)
        {
            switch (happened)
            {
                case ClipEvent.Claimed e:
                    Assert.DoesNotContain(e.Task, done);
                    Assert.DoesNotContain(running, r => r.Item1 == e.Task);
                    Assert.Equal(epochs.GetValueOrDefault(e.Task) + 1, e.Epoch);
                    epochs[e.Task] = e.Epoch;
                    running.Add((e.Task, e.Epoch));
                    break;
                case ClipEvent.TaskCompleted e:
                    Assert.True(running.Remove((e.Task, e.Epoch)));
                    Assert.True(done.Add(e.Task));
                    break;
                case ClipEvent.TaskFailed e:
                    Assert.True(running.Remove((e.Task, e.Epoch)));
                    break;
                case ClipEvent.Released e:
                    Assert.True(running.Remove((e.Task, e.Epoch)));
                    break;
            }
        }
    }
}
