namespace Depth3D.Pipeline.Loops;

/// <summary>How stage 2 went.</summary>
public sealed record LoopTrainInfo
{
    public required int Iterations { get; init; }

    /// <summary>Temporal deviation of the loop over that of the input on loopable pixels, after each level; below 0.5 the loop has frozen.</summary>
    public required IReadOnlyList<double> DeviationRatios { get; init; }

    public required IReadOnlyList<LoopChoice> Choices { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
