using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>
/// Which command is legal in which phase. <see cref="ClipEntity"/> asks here before anything else, so what is not in the tables is
/// refused. A chain or a graph order can still refuse a legal one.
/// </summary>
public static class Transitions
{
    private static readonly Dictionary<Type, ClipPhase[]> ClipTable = new()
    {
        [typeof(ClipCommand.Submit)] = [ClipPhase.None, ClipPhase.Running, ClipPhase.Completed, ClipPhase.Failed, ClipPhase.Cancelled],
        [typeof(ClipCommand.PlanStage)] = [ClipPhase.Running],
        [typeof(ClipCommand.FailPlanning)] = [ClipPhase.Running],
        [typeof(ClipCommand.Claim)] = [ClipPhase.Running],
        [typeof(ClipCommand.Renew)] = [ClipPhase.Running],

        // What an attempt had in hand when the clip stopped is still accepted, so that resuming need not redo it.
        [typeof(ClipCommand.Complete)] = [ClipPhase.Running, ClipPhase.Completed, ClipPhase.Failed, ClipPhase.Cancelled],
        [typeof(ClipCommand.Fail)] = [ClipPhase.Running, ClipPhase.Failed, ClipPhase.Cancelled],
        [typeof(ClipCommand.Release)] = [ClipPhase.Running, ClipPhase.Failed, ClipPhase.Cancelled],
        [typeof(ClipCommand.ExpireLeases)] = [ClipPhase.Running, ClipPhase.Failed, ClipPhase.Cancelled],
        [typeof(ClipCommand.ReleaseAll)] = [ClipPhase.Running, ClipPhase.Failed, ClipPhase.Cancelled],
        [typeof(ClipCommand.Cancel)] = [ClipPhase.Running, ClipPhase.Cancelled],
        [typeof(ClipCommand.Resume)] = [ClipPhase.Failed, ClipPhase.Cancelled],
        [typeof(ClipCommand.Pause)] = [ClipPhase.Running, ClipPhase.Failed],
        [typeof(ClipCommand.Unpause)] = [ClipPhase.Running, ClipPhase.Failed, ClipPhase.Cancelled],
        [typeof(ClipCommand.Prioritise)] = [ClipPhase.Running, ClipPhase.Failed, ClipPhase.Cancelled],
        [typeof(ClipCommand.Retry)] = [ClipPhase.Running, ClipPhase.Failed],
        [typeof(ClipCommand.Eat)] = [ClipPhase.Running, ClipPhase.Failed],
    };

    private static readonly Dictionary<(Type Command, TaskPhase Phase), Refusal> TaskTable = new()
    {
        [(typeof(ClipCommand.Claim), TaskPhase.Done)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Claim), TaskPhase.Failed)] = Refusal.TaskFailed,
        [(typeof(ClipCommand.Claim), TaskPhase.Eaten)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Renew), TaskPhase.Waiting)] = Refusal.Superseded,
        [(typeof(ClipCommand.Renew), TaskPhase.Done)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Renew), TaskPhase.Failed)] = Refusal.Superseded,
        [(typeof(ClipCommand.Renew), TaskPhase.Eaten)] = Refusal.Superseded,
        [(typeof(ClipCommand.Complete), TaskPhase.Waiting)] = Refusal.Superseded,
        [(typeof(ClipCommand.Complete), TaskPhase.Done)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Complete), TaskPhase.Failed)] = Refusal.Superseded,
        [(typeof(ClipCommand.Complete), TaskPhase.Eaten)] = Refusal.Superseded,
        [(typeof(ClipCommand.Fail), TaskPhase.Waiting)] = Refusal.Superseded,
        [(typeof(ClipCommand.Fail), TaskPhase.Done)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Fail), TaskPhase.Failed)] = Refusal.Superseded,
        [(typeof(ClipCommand.Fail), TaskPhase.Eaten)] = Refusal.Superseded,
        [(typeof(ClipCommand.Release), TaskPhase.Waiting)] = Refusal.Superseded,
        [(typeof(ClipCommand.Release), TaskPhase.Done)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Release), TaskPhase.Failed)] = Refusal.Superseded,
        [(typeof(ClipCommand.Release), TaskPhase.Eaten)] = Refusal.Superseded,
        [(typeof(ClipCommand.Cancel), TaskPhase.Done)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Cancel), TaskPhase.Eaten)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Cancel), TaskPhase.Failed)] = Refusal.TaskFailed,
        [(typeof(ClipCommand.Pause), TaskPhase.Done)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Pause), TaskPhase.Eaten)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Retry), TaskPhase.Done)] = Refusal.AlreadyDone,
        [(typeof(ClipCommand.Eat), TaskPhase.Done)] = Refusal.AlreadyDone,
    };

    /// <summary>The command is legal in this phase of the clip.</summary>
    public static bool Allows(ClipPhase phase, Type command) => ClipTable.TryGetValue(command, out var phases) && phases.Contains(phase);

    /// <summary>Why the command is illegal in this phase of the task, or null when it is legal.</summary>
    public static Refusal? Refuses(TaskPhase phase, Type command) => TaskTable.TryGetValue((command, phase), out var refusal) ? refusal : null;
}
