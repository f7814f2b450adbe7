using Depth3D.Cluster.Entity;

namespace Depth3D.Cluster.Fixtures.Simulation;

/// <summary>What came out of a simulated run.</summary>
public sealed record SimulationResult
{
    public required int Tasks { get; init; }

    /// <summary>Clips by the phase they ended in.</summary>
    public required IReadOnlyDictionary<ClipPhase, int> Clips { get; init; }

    /// <summary>Claims granted; more than tasks because of failures and lost nodes.</summary>
    public required int Attempts { get; init; }

    public required int NodeDeaths { get; init; }

    /// <summary>Tasks accepted twice, or never though their clip is complete.</summary>
    public required int Wrong { get; init; }

    /// <summary>Simulated time.</summary>
    public required TimeSpan Lasted { get; init; }

    /// <summary>Processor time of the thread that did it all, the simulation's own events and garbage collection included.</summary>
    public required TimeSpan Processor { get; init; }

    /// <summary>Time for which garbage collection held everything up, by the wall clock.</summary>
    public required TimeSpan Collecting { get; init; }

    /// <summary>Largest heap that a garbage collection left, at eight points of the run.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>Largest deviation of a project's slot time from its share, while every project had work waiting, over all pools.</summary>
    public required double ShareError { get; init; }

    /// <summary>Slot time over which shares were compared.</summary>
    public required TimeSpan SharedTime { get; init; }

    /// <summary>Longest time that an urgent task waited while a task of lower priority ran in its pool.</summary>
    public required TimeSpan LongestInversion { get; init; }

    /// <summary>Tasks of lower priority that were placed while an urgent one that never failed waited in the same pool.</summary>
    public required int Overtaken { get; init; }

    /// <summary>Clips that had begun and not ended, at most.</summary>
    public required int MostInProgress { get; init; }

    /// <summary>The same on average over the simulated time.</summary>
    public required double MeanInProgress { get; init; }

    public required TimeSpan LongestTask { get; init; }

    public double MicrosecondsPerTask => Processor.TotalMicroseconds / Tasks;
}
