using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>A pre-trained network of relative inverse depth: its values become depth by a line, one for the whole clip.</summary>
public interface IDisparityNetwork : IDepthNetwork
{
    /// <summary>From the network's values to inverse depth; set it by <see cref="DisparityAlignment"/> to give depth the clip's unit.</summary>
    DisparityAffine Affine { get; set; }

    /// <param name="rgb">[B, 3, H, W], RGB in [0, 1].</param>
    /// <returns>The network's values at the picture's size, [B, 1, H, W]; larger is nearer.</returns>
    Tensor Disparity(Tensor rgb);
}
