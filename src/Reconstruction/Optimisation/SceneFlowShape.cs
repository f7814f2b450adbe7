namespace Depth3D.Reconstruction.Optimisation;

/// <summary>The form of a <see cref="SceneFlowField"/> (spec 3.1, 3.2). Defaults as published.</summary>
public sealed record SceneFlowShape
{
    /// <summary>Channels of a hidden layer.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Hidden-to-hidden layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>The network's output is divided by this.</summary>
    public double Divisor { get; init; } = 100;

    public int SpaceFrequencies { get; init; } = SceneFlowEncoding.Frequencies;

    public int TimeFrequencies { get; init; } = SceneFlowEncoding.Frequencies;

    /// <summary>Whether the network sees the time.</summary>
    public bool TimeDependent { get; init; } = true;

    /// <summary>Points are divided by this before they are encoded, displacements multiplied by it (spec 9.14).</summary>
    public double LengthUnit { get; init; } = 1;

    /// <summary>Layers compute in bfloat16; weights, encoding and result stay float32 (spec 9.6).</summary>
    public bool ReducedPrecision { get; init; }
}
