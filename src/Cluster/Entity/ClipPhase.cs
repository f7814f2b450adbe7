namespace Depth3D.Cluster.Entity;

/// <summary>Where a clip stands.</summary>
public enum ClipPhase
{
    /// <summary>Never submitted.</summary>
    None,
    Running,
    Completed,

    /// <summary>A task failed for good. Resuming tries the failed tasks again and keeps everything accepted.</summary>
    Failed,

    /// <summary>Stopped by a person. Resuming goes on where it stopped.</summary>
    Cancelled,
}
