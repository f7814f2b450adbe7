using Depth3D.Cluster.Dispatch;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Coordination;

/// <summary>What the driver keeps of a clip between two looks at it. Used by the driver's one loop only.</summary>
internal sealed class DrivenClip(ClipId clip, TimeSpan resend)
{
    private static readonly WorkerPool[] Pools = Enum.GetValues<WorkerPool>();

    private readonly Dictionary<WorkerPool, IReadOnlyList<TaskId>> _ready = [];
    private readonly Dictionary<WorkerPool, int> _busy = [];

    public ClipId Clip => clip;

    public ClipState State { get; private set; } = ClipState.Empty;

    public HintBook<TaskId> Released { get; } = new(resend);

    public HintBook<StageName> Planning { get; } = new(resend);

    /// <summary>See <see cref="ClipWork.Pass"/>.</summary>
    public double Pass { get; set; }

    /// <summary>Takes a new look: what is ready, what occupies credits.</summary>
    public void Look(ClipState state)
    {
        State = state;
        var ready = state.Ready.ToArray();
        Released.Keep(ready.ToHashSet());
        Planning.Keep(state.Plannable.ToHashSet());
        foreach (var pool in Pools)
        {
            _ready[pool] = ready.Where(id => PoolOf(id.Stage) == pool && !Released.Contains(id)).ToArray();
            _busy[pool] = ready.Count(id => PoolOf(id.Stage) == pool && Released.Contains(id));
        }

        foreach (var (id, _) in state.Running) _busy[PoolOf(id.Stage)]++;
    }

    public WorkerPool PoolOf(StageName stage) => State.Stages[stage].Spec.Pool;

    /// <summary>Credits the clip occupies: running tasks and hints on the bus.</summary>
    public int Busy(WorkerPool pool) => _busy.GetValueOrDefault(pool);

    public ClipWork Work(WorkerPool pool) => new(clip, Priority: 0, Weight: 1, Pass, _ready.GetValueOrDefault(pool) ?? []);

    /// <summary>Notes that a hint for this task is on its way.</summary>
    public void Release(TaskId task, DateTimeOffset now)
    {
        var pool = PoolOf(task.Stage);
        Released.Add(task, now);
        _ready[pool] = _ready[pool].Where(id => id != task).ToArray();
        _busy[pool]++;
        Pass += Dispatcher.Stride(1);
    }
}
