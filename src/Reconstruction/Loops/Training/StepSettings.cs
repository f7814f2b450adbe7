namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>What one update weighs and how far it goes.</summary>
public sealed record StepSettings
{
    /// <summary>Of Adam, for colours; alphas as much times <see cref="AlphaRate"/>.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>0 holds alphas.</summary>
    public double AlphaRate { get; init; } = 1;

    /// <summary>
    /// Adam's epsilon for gradients that are sums over numbers: the published 6e-8 is for their mean over a patch of 180 x 320 pixels, 50 frames and
    /// three channels, 8.6 million numbers (spec 5.2).
    /// </summary>
    public double Epsilon { get; init; } = 0.5;

    /// <summary>Weight of the view's looping loss and its total variation.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>Total variation of colours and of alphas as drawn (spec 5.4): weights for the mean over pixels, frames and channels of 32 layers.</summary>
    public double ColourVariation { get; init; } = 0.2;

    public double AlphaVariation { get; init; } = 0.2;

    /// <summary>What the picture is multiplied with before it is compared (spec 3.2).</summary>
    public double Exposure { get; init; } = 1;
}
