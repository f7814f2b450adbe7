using Depth3D.Messages;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>The shapes of pictures that networks take.</summary>
internal static class PictureShape
{
    /// <exception cref="ArgumentException">Not [B, channels, H, W].</exception>
    /// <exception cref="Depth3DException">A side is no multiple of what the network needs.</exception>
    public static (long Height, long Width) Require(Tensor picture, int channels, int multiple, string network)
    {
        var shape = picture.shape;
        if (shape.Length != 4 || shape[1] != channels || shape[0] < 1)
            throw new ArgumentException($"[B, {channels}, H, W] expected, got [{string.Join(", ", shape)}]", nameof(picture));
        if (shape[2] < multiple || shape[3] < multiple || shape[2] % multiple != 0 || shape[3] % multiple != 0)
        {
            throw new Depth3DException($"network {network} takes pictures whose sides are multiples of {multiple}, got {shape[3]}x{shape[2]}",
                null, "choose another --train-width", FailureKind.Usage);
        }

        return (shape[2], shape[3]);
    }
}
