using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>A network that corrects a prior depth it is shown; without training its depth is the prior's.</summary>
public interface IPriorDepthNetwork : IDepthNetwork
{
    /// <param name="rgb">[B, 3, H, W], RGB in [0, 1].</param>
    /// <param name="prior">Prior depth z &gt; 0, [B, 1, H, W]; a constant to the gradient.</param>
    /// <returns>Depth z &gt; 0 in the prior's unit, [B, 1, H, W].</returns>
    Tensor Depth(Tensor rgb, Tensor prior);
}
