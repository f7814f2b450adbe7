namespace Depth3D.Messages;

/// <summary>What a coordinator tells one worker. Guarantee: at most once; a worker that misses it learns it from its next renewal.</summary>
public static class WorkerProtocol
{
    /// <summary>Stop this attempt: its clip was cancelled or failed.</summary>
    public sealed record Stop(ClipId Clip, TaskId Task, long Epoch, string Reason);
}
