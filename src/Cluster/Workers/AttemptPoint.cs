namespace Depth3D.Cluster.Workers;

/// <summary>Places in an attempt at which a test can stop or kill it.</summary>
internal enum AttemptPoint
{
    /// <summary>The task is leased, nothing is written.</summary>
    Claimed,

    /// <summary>The stage has left its files in the temporary folder.</summary>
    Computed,

    /// <summary>The folder is renamed, the coordinator does not know.</summary>
    Published,

    /// <summary>The coordinator has accepted the result.</summary>
    Reported,
}
