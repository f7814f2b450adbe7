using TorchSharp;

namespace Depth3D.Tensors;

/// <summary>
/// Channels-last storage: same shapes, but the channels of a pixel lie side by side. A U-Net trains a fifth to a third faster in it on
/// the CPU, provided weights and input both use it. Results are the same up to rounding.
/// </summary>
public static class MemoryFormat
{
    /// <summary>A copy of [b, c, h, w] in channels-last order, or the same tensor again when it is so already.</summary>
    public static torch.Tensor ChannelsLast(this torch.Tensor tensor) => new(LibTorch.d3t_to_channels_last(tensor.H));

    public static bool IsChannelsLast(this torch.Tensor tensor) => LibTorch.d3t_is_channels_last(tensor.H) == 1;

    /// <summary>Converts the four-dimensional parameters in place. Make optimisers afterwards: their moments follow the order.</summary>
    public static T ToChannelsLast<T>(this T module) where T : torch.nn.Module
    {
        module.Convert(static tensor => tensor.ndim == 4 ? tensor.ChannelsLast() : tensor);
        return module;
    }
}
