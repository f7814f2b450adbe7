using Depth3D.Messages;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>Depth = 1 / max(Slope * disparity + Shift, MinInverseDepth). The gradient is zero where the minimum holds.</summary>
public readonly record struct DisparityAffine
{
    /// <exception cref="Depth3DException">A number is not finite, or slope or minimum is not positive.</exception>
    public DisparityAffine(double slope, double shift, double minInverseDepth)
    {
        if (!(slope > 0) || !double.IsFinite(slope) || !double.IsFinite(shift) || !(minInverseDepth > 0) || !double.IsFinite(minInverseDepth))
            throw new Depth3DException($"disparity to depth needs a positive slope and smallest inverse depth, got slope {slope:G4}, shift {shift:G4}, minimum {minInverseDepth:G4}");
        (Slope, Shift, MinInverseDepth) = (slope, shift, minInverseDepth);
    }

    public double Slope { get; }

    public double Shift { get; }

    /// <summary>Nothing lies farther than 1 / this.</summary>
    public double MinInverseDepth { get; }

    /// <returns>Depth z &gt; 0 of the disparity's shape.</returns>
    public Tensor Depth(Tensor disparity) => disparity.mul(Slope).add(Shift).clamp_min(MinInverseDepth).reciprocal();
}
