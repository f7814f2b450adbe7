namespace Depth3D.Cluster;

/// <summary>What submitting a clip led to.</summary>
public enum SubmitOutcome
{
    /// <summary>The clip is new.</summary>
    Started,

    /// <summary>The clip was begun before with the same options; what was accepted stays.</summary>
    Resumed,

    /// <summary>Everything was done before.</summary>
    AlreadyComplete,
}
