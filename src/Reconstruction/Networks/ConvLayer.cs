using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>Weight and bias of a convolution with stride 1 that keeps the size; channels-last, a function of seed and index alone.</summary>
internal sealed class ConvLayer : IDisposable
{
    private const int RandomStream = 2000;
    private readonly long _padding;

    /// <param name="gain">Deviation of the weights times the root of the inputs; 0 for a layer that starts at nothing.</param>
    public ConvLayer(int inputs, int outputs, int kernel, double gain, int seed, int index, Device device)
    {
        _padding = kernel / 2;
        var random = new CounterRandom(seed, index, RandomStream);
        var deviation = gain / Math.Sqrt(inputs * kernel * kernel);
        var values = new float[outputs * inputs * kernel * kernel];
        for (var i = 0; i < values.Length && gain > 0; i++) values[i] = (float)(deviation * random.Normal((ulong)i));
        using var scope = NewDisposeScope();
        Weight = tensor(values, [outputs, inputs, kernel, kernel]).to(device).ChannelsLast().detach().requires_grad_(true).DetachFromDisposeScope();
        Bias = zeros([outputs], device: device).requires_grad_(true).DetachFromDisposeScope();
    }

    public Tensor Weight { get; }

    public Tensor Bias { get; }

    public Tensor Apply(Tensor x) => nn.functional.conv2d(x, Weight, Bias, padding: [_padding]);

    public void Dispose()
    {
        Weight.Dispose();
        Bias.Dispose();
    }
}
