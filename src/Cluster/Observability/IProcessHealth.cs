namespace Depth3D.Cluster.Observability;

/// <summary>What a process says when it is asked how it is.</summary>
public interface IProcessHealth
{
    /// <summary>Null when the process works; otherwise why it should be ended and started again.</summary>
    string? WhyNotAlive { get; }

    /// <summary>Null when it can do its job now; otherwise what it waits for.</summary>
    string? WhyNotReady { get; }
}
