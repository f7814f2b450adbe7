using System.Globalization;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>Whether small translations are measured, or only fitted to what a turning camera leaves over.</summary>
/// <param name="LeftOver">
/// Mean squared distance of flow from where cameras and depths found without it put it, over the mean squared distance from the best turn, bent lens and
/// rolling shutter allowed. Depths of noise predict nothing: 1 or more.
/// </param>
/// <param name="Agreement">Rank correlation of depths found in the two halves of the clip, which share no picture. Noise: 0.</param>
public readonly record struct ParallaxEvidence(double LeftOver, double Agreement)
{
    /// <summary>Translation must predict at least half of what the best turn leaves over.</summary>
    public const double MostLeftOver = 0.5;

    /// <summary>More of what two places differ by must be depth than noise.</summary>
    public const double LeastAgreement = 0.5;

    public bool Holds => LeftOver <= MostLeftOver && Agreement >= LeastAgreement;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"small translations leave {LeftOver:p0} of what turns cannot explain, depths of the clip's halves agree by {Agreement:f2}");
}
