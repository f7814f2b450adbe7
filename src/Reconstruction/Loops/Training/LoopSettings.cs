namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Everything that decides the outcome of stage 2 beside the loop it begins with and the footage.</summary>
public sealed record LoopSettings
{
    /// <summary>One camera, whose loop begins near its end (spec 9.8); else several.</summary>
    public bool SingleCamera { get; init; }

    public int Seed { get; init; }

    /// <summary>Passes over all patches on each level.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Whether patches are whole pictures, which the processor has the memory for.</summary>
    public bool WholePictures { get; init; } = true;

    /// <summary>At the begin of a level; it falls to a tenth at its end along half a cosine.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Deviation of what is added to the dynamic texels' logits at the start, without which equal frames stay equal (spec 5.1).</summary>
    public double NoiseLogits { get; init; } = 0.02;

    /// <summary>The same at the start of a level after one on which the loop had frozen.</summary>
    public double ThawLogits { get; init; } = 0.25;

    /// <summary>One camera: every so many iterations are with small patches, for sharpness (spec 9.8); 0 for none.</summary>
    public int SharpenEvery { get; init; } = 4;

    /// <summary>What alphas learn by, as a share of the colours' rate. One view cannot tell depths: 0 there.</summary>
    public double AlphaRate { get; init; } = 1;
}
