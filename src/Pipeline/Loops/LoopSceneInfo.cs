namespace Depth3D.Pipeline.Loops;

/// <summary>What stage 1 left: counts, the loop's length, and how both were chosen.</summary>
public sealed record LoopSceneInfo
{
    /// <summary>Frames of the loop, T; 1 where nothing moves.</summary>
    public required int Frames { get; init; }

    /// <summary>First frame of the clip that the loop begins with, one clip only.</summary>
    public int? FirstFrame { get; init; }

    /// <summary>How well the clip repeats (spec 9.5: J, lower is better); null where it was not measured.</summary>
    public double? LoopScore { get; init; }

    /// <summary>Whether the loop runs back and forth, because the clip does not repeat.</summary>
    public bool IsPingPong { get; init; }

    public required IReadOnlyList<LoopChoice> Choices { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
