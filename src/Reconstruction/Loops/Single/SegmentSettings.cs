namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>How a loop's segment is searched (spec 9.5).</summary>
public sealed record SegmentSettings
{
    public required double FramesPerSecond { get; init; }

    /// <summary>Length asked for, in frames; null to find the best.</summary>
    public int? Period { get; init; }

    /// <summary>J_max: a clip whose best segment is worse is not loopable.</summary>
    public double LargestScore { get; init; } = 3;

    /// <summary>First frame that may be used, and the one after the last; null for the clip's.</summary>
    public (int First, int End)? Range { get; init; }

    /// <summary>Shortest period looked for: 0.8 s, at least 24 frames.</summary>
    public int ShortestPeriod => Math.Max(24, (int)Math.Round(0.8 * FramesPerSecond));

    /// <summary>Longest period looked for: 4 s; no more than half the clip either, so that the clip shows it twice.</summary>
    public int LongestPeriod => (int)Math.Round(4 * FramesPerSecond);
}
