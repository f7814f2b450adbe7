namespace Depth3D.Cluster.Entity;

/// <summary>Why a stage or a task is held back: its tasks are not offered, whatever else they wait for.</summary>
public enum Hold : byte
{
    None,

    /// <summary>Running attempts go on to their end.</summary>
    Paused,

    /// <summary>Running attempts were stopped.</summary>
    Cancelled,
}
