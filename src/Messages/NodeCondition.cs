namespace Depth3D.Messages;

/// <summary>Whether a node takes work, as it says itself.</summary>
public enum NodeCondition
{
    Up,

    /// <summary>It finishes or checkpoints what it runs and takes nothing new.</summary>
    Draining,

    /// <summary>It cannot work for a reason of its own, such as a full disk; it tries again by itself.</summary>
    Paused,
}
