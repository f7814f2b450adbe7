namespace Depth3D.Reconstruction.Networks;

/// <summary>How <see cref="PriorFit"/> brings a network to given depth.</summary>
public sealed record PriorFitSettings
{
    public int Steps { get; init; } = 150;

    /// <summary>Of Adam; falls along a cosine to a twentieth.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Frames of a step.</summary>
    public int BatchFrames { get; init; } = 4;

    /// <summary>Decides which frames a step sees.</summary>
    public int Seed { get; init; }
}
