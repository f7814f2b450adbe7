namespace Depth3D.Messages;

/// <summary>Why a clip refused a command. A refusal changes nothing.</summary>
public enum Refusal
{
    /// <summary>The clip is not in a phase that allows it.</summary>
    ClipPhase,

    /// <summary>The clip was submitted before with another recipe, other options or other input.</summary>
    DifferentSubmission,

    /// <summary>The recipe has no such stage.</summary>
    UnknownStage,

    /// <summary>The stage was planned before.</summary>
    AlreadyPlanned,

    /// <summary>An input of the stage, or the previous link of the chain, is not accepted yet.</summary>
    NotReady,

    /// <summary>No such task was planned.</summary>
    UnknownTask,

    /// <summary>A live lease stands on the task.</summary>
    Leased,

    /// <summary>The task was accepted already.</summary>
    AlreadyDone,

    /// <summary>The task failed for good; only resuming the clip tries it again.</summary>
    TaskFailed,

    /// <summary>The epoch is not the current one: the attempt was superseded and its result does not count.</summary>
    Superseded,

    /// <summary>Nothing was there to do.</summary>
    NothingToDo,

    /// <summary>Nothing was decided, because the coordinator changes or cannot reach its journal: ask again.</summary>
    Unavailable,

    /// <summary>The clip, its stage or the task is paused or was cancelled; resuming it lets it be claimed.</summary>
    Paused,

    /// <summary>Later work has used that the task was eaten, so it cannot be tried again.</summary>
    InUse,
}
