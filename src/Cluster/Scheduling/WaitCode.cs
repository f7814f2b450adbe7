namespace Depth3D.Cluster.Scheduling;

/// <summary>Why something does not run, for programs. Names are stable; the text beside it is for people.</summary>
public enum WaitCode
{
    /// <summary>The clip was never submitted.</summary>
    ClipUnknown,

    /// <summary>It was completed, failed or cancelled.</summary>
    ClipStopped,

    /// <summary>An operator paused it.</summary>
    ClipPaused,

    /// <summary>Clips of its project are before it.</summary>
    ClipWaits,

    /// <summary>A stage before it is not complete.</summary>
    StageWaits,

    /// <summary>A node was asked to split the stage into tasks.</summary>
    StagePlanning,

    StageDone,

    TaskUnknown,

    /// <summary>The stage, and so the task, was not planned yet.</summary>
    TaskUnplanned,

    TaskDone,

    TaskFailed,

    TaskRunning,

    /// <summary>An operator paused it or its stage.</summary>
    TaskPaused,

    /// <summary>The link before it is not accepted.</summary>
    ChainWaits,

    /// <summary>A node was asked to run it and has not claimed it.</summary>
    Placed,

    /// <summary>It waits on its node behind a running task.</summary>
    PlacedAhead,

    /// <summary>No node serves its pool.</summary>
    NoNode,

    /// <summary>Nodes serve its pool, and none takes work.</summary>
    NodesClosed,

    /// <summary>No node that takes work is big enough.</summary>
    TooBig,

    /// <summary>Slots are free, but cores, memory or GPUs are not.</summary>
    ResourcesTaken,

    /// <summary>All slots of nodes that could run it are taken.</summary>
    SlotsTaken,

    /// <summary>It failed on the nodes that have room, and others could run it.</summary>
    Avoids,

    /// <summary>The room there is, is kept for a task that comes before it.</summary>
    Reserved,

    /// <summary>It will be placed at once.</summary>
    AboutToRun,
}
