using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>
/// A network that gives depth for pictures and can be trained on a clip. It is always in evaluation mode: batch normalisation uses its
/// pre-trained running statistics and never changes them (spec 2.2). Belongs to one thread.
/// </summary>
public interface IDepthNetwork : IDisposable
{
    /// <summary>As options spell it: <c>unet</c>, <c>midas</c>, <c>torchscript</c>.</summary>
    string Name { get; }

    /// <summary>Height and width of the pictures must be multiples of this.</summary>
    int SizeMultiple { get; }

    /// <summary>Trainable tensors with their names, in a fixed order; float32 leaves on the network's device.</summary>
    IReadOnlyList<(string Name, Tensor Value)> Parameters { get; }

    /// <summary>Everything a weight file holds: the parameters, then buffers that training leaves alone. The tensors themselves.</summary>
    IReadOnlyList<(string Name, Tensor Value)> Weights => Parameters;

    /// <param name="rgb">[B, 3, H, W], RGB in [0, 1].</param>
    /// <returns>Depth z &gt; 0, [B, 1, H, W], float32, in the network's own unit.</returns>
    Tensor Depth(Tensor rgb);
}
