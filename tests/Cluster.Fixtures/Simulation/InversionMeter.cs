using Depth3D.Messages;

namespace Depth3D.Cluster.Fixtures.Simulation;

/// <summary>
/// Watches that urgent tasks are not held up by others: how long one waits while something of lower priority runs in its pool, and
/// whether anything of lower priority is placed meanwhile.
/// </summary>
internal sealed class InversionMeter
{
    private static readonly int Pools = Enum.GetValues<WorkerPool>().Length;

    private readonly Dictionary<(ClipId, TaskId), TimeSpan>[] _waiting = Enumerable.Range(0, Pools).Select(_ => new Dictionary<(ClipId, TaskId), TimeSpan>()).ToArray();
    private readonly int[] _lower = new int[Pools];

    public TimeSpan Longest { get; private set; }

    public int Overtaken { get; private set; }

    public void Offered(WorkerPool pool, ClipId clip, TaskId task, TimeSpan now) => _waiting[(int)pool].TryAdd((clip, task), now);

    public void Gone(WorkerPool pool, ClipId clip, TaskId task) => _waiting[(int)pool].Remove((clip, task));

    public void Placed(WorkerPool pool, ClipId clip, TaskId task, TimeSpan now, bool isUrgent)
    {
        if (isUrgent)
        {
            if (_waiting[(int)pool].Remove((clip, task), out var since) && _lower[(int)pool] > 0 && now - since > Longest) Longest = now - since;
        }
        else if (_waiting[(int)pool].Count > 0)
        {
            Overtaken++;
        }
    }

    public void LowerRuns(WorkerPool pool, int change) => _lower[(int)pool] += change;
}
