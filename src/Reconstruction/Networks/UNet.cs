using Depth3D.Tensors;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>
/// A compact U-Net for the CPU: five levels of 16, 32, 64, 96 and 128 channels, two 3x3 convolutions each, leaky rectifiers, no
/// normalisation. In its plain form depth = exp(output), which starts at 1 everywhere; in its residual form it also sees the prior's log depth and gives
/// prior * exp(output), with a last layer that starts at zero. The same seed gives the same weights on every device.
/// </summary>
public sealed class UNet : IPriorDepthNetwork
{
    private const double Slope = 0.1;

    /// <summary>Bounds |log depth| smoothly, so that no weights make depth overflow.</summary>
    private const double LogBound = 12;
    private static readonly int[] Channels = [16, 32, 64, 96, 128];
    private static readonly double Gain = Math.Sqrt(2 / (1 + (Slope * Slope))); // He et al. 2015 for leaky rectifiers
    private readonly Device _device;
    private readonly bool _residual;
    private readonly ConvLayer[][] _down;
    private readonly ConvLayer[][] _up;
    private readonly ConvLayer _head;

    /// <param name="residual">Whether the network corrects a prior it is shown.</param>
    public UNet(int seed, Device device, bool residual = false)
    {
        (_device, _residual) = (device, residual);
        var index = 0;
        ConvLayer[] Block(int inputs, int outputs) =>
            [new(inputs, outputs, 3, Gain, seed, index++, device), new(outputs, outputs, 3, Gain, seed, index++, device)];
        _down = [.. Channels.Select((c, i) => Block(i > 0 ? Channels[i - 1] : residual ? 4 : 3, c))];
        _up = [.. Channels[..^1].Select((c, i) => Block(c + Channels[i + 1], c))];
        _head = new ConvLayer(Channels[0], 1, 1, gain: 0, seed, index, device);
    }

    public string Name => _residual ? "unet:residual" : "unet";

    public int SizeMultiple => 1 << (Channels.Length - 1);

    public IReadOnlyList<(string Name, Tensor Value)> Parameters =>
    [
        .. _down.SelectMany((block, i) => Named($"down.{i}", block)),
        .. _up.SelectMany((block, i) => Named($"up.{i}", block)),
        ("head.weight", _head.Weight), ("head.bias", _head.Bias),
    ];

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The network was made in its residual form, which needs a prior.</exception>
    public Tensor Depth(Tensor rgb)
    {
        if (_residual) throw new InvalidOperationException("a residual network needs the prior: call Depth(rgb, prior)");
        PictureShape.Require(rgb, 3, SizeMultiple, Name);
        return Bounded(Output(Centred(rgb))).exp();
    }

    /// <inheritdoc/>
    /// <remarks>The plain form ignores the prior.</remarks>
    public Tensor Depth(Tensor rgb, Tensor prior)
    {
        if (!_residual) return Depth(rgb);
        PictureShape.Require(rgb, 3, SizeMultiple, Name);
        var log = prior.log();
        return prior.mul(Bounded(Output(cat([Centred(rgb), log.sub(log.mean([1, 2, 3], keepdim: true))], 1))).exp());
    }

    public void Dispose()
    {
        foreach (var layer in _down.Concat(_up).SelectMany(block => block).Append(_head)) layer.Dispose();
    }

    private Tensor Output(Tensor x)
    {
        x = x.to(_device).ChannelsLast();
        var skips = new List<Tensor>();
        for (var level = 0; level < _down.Length; level++)
        {
            if (level > 0) x = nn.functional.avg_pool2d(x, 2);
            x = Block(_down[level], x);
            skips.Add(x);
        }

        for (var level = _up.Length - 1; level >= 0; level--)
        {
            var grown = nn.functional.interpolate(x, scale_factor: [2], mode: InterpolationMode.Bilinear, align_corners: false);
            x = Block(_up[level], cat([skips[level], grown], 1));
        }

        return _head.Apply(x);
    }

    private static Tensor Block(ConvLayer[] layers, Tensor x) =>
        layers.Aggregate(x, (input, layer) => nn.functional.leaky_relu(layer.Apply(input), Slope));

    private static Tensor Bounded(Tensor x) => x.div(LogBound).tanh().mul(LogBound);

    private static Tensor Centred(Tensor rgb) => rgb.sub(0.5).mul(4);

    private static IEnumerable<(string, Tensor)> Named(string prefix, ConvLayer[] block) =>
        block.SelectMany((layer, i) => new[] { ($"{prefix}.{i}.weight", layer.Weight), ($"{prefix}.{i}.bias", layer.Bias) });
}
