using Depth3D.Inference.Registry;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>From pictures to a network's input as its card says, and back to the picture's size, all differentiable.</summary>
internal sealed class NetworkInput : IDisposable
{
    private readonly ModelInput _input;
    private readonly Tensor _mean;
    private readonly Tensor _deviation;

    public NetworkInput(ModelInput input, Device device)
    {
        _input = input;
        Tensor Channels(IReadOnlyList<double> values, float otherwise) =>
            tensor(values.Count == 3 ? [.. values.Select(v => (float)v)] : Enumerable.Repeat(otherwise, 3).ToArray(), [1, 3, 1, 1], device: device).DetachFromDisposeScope();
        (_mean, _deviation) = (Channels(input.Mean, 0), Channels(input.Std, 1));
    }

    /// <summary>
    /// Resizes (bicubic with aligned corners as spec 1.4, averaging where both sides shrink), then value = (byte * scale - mean) / std.
    /// </summary>
    /// <param name="rgb">[B, 3, H, W], RGB in [0, 1].</param>
    /// <returns>[B, 3, h, w], or [B, h, w, 3] for networks with channels last.</returns>
    public Tensor From(Tensor rgb)
    {
        var (height, width) = (rgb.shape[2], rgb.shape[3]);
        var (w, h) = _input.SizeFor((int)width, (int)height);
        var x = rgb.to(_mean.device);
        if (w != width || h != height) x = Shrinks(height, width, h, w) ? Resized(x, h, w, InterpolationMode.Area) : Resized(x, h, w, InterpolationMode.Bicubic);
        if (_input.Channels == ChannelOrder.Bgr) x = x.flip(1);
        x = x.mul(255 * _input.Scale).sub(_mean).div(_deviation);
        return _input.Layout == PixelLayout.Nhwc ? x.permute(0, 2, 3, 1) : x;
    }

    /// <summary>Brings disparity back to the picture's size, bilinear: no value lies outside those around it.</summary>
    public Tensor Back(Tensor disparity, long height, long width)
    {
        var (h, w) = (disparity.shape[2], disparity.shape[3]);
        if (h == height && w == width) return disparity;
        var (inWidth, inHeight) = _input.SizeFor((int)width, (int)height);
        return nn.functional.interpolate(disparity, [height, width], mode: InterpolationMode.Bilinear, align_corners: !Shrinks(height, width, inHeight, inWidth));
    }

    public void Dispose()
    {
        _mean.Dispose();
        _deviation.Dispose();
    }

    private static bool Shrinks(long height, long width, long toHeight, long toWidth) => toHeight <= height && toWidth <= width;

    private static Tensor Resized(Tensor x, long height, long width, InterpolationMode mode) =>
        nn.functional.interpolate(x, [height, width], mode: mode, align_corners: mode == InterpolationMode.Area ? null : true);
}
