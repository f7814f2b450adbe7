using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Optimisation.Network;

/// <summary>Depth from one convolution, its normalisation and an exponential, with the buffers of spec 2.2.</summary>
internal sealed class TinyNetwork : IDepthNetwork
{
    private readonly Tensor _weight = Values(0, [1, 3, 3, 3], 0.05).requires_grad_(true);
    private readonly Tensor _scale = ones([1]).DetachFromDisposeScope().requires_grad_(true);
    private readonly Tensor _offset = zeros([1]).DetachFromDisposeScope().requires_grad_(true);
    private readonly Tensor _mean = zeros([1]).DetachFromDisposeScope();
    private readonly Tensor _variance = ones([1]).DetachFromDisposeScope();
    private readonly Tensor _batches = tensor(new long[] { 7 }, [1]).DetachFromDisposeScope();

    public string Name => "tiny";

    public int SizeMultiple => 1;

    /// <summary>Pictures in all calls together.</summary>
    public int Pictures { get; private set; }

    public IReadOnlyList<(string Name, Tensor Value)> Parameters => [("conv.weight", _weight), ("bn.weight", _scale), ("bn.bias", _offset)];

    public IReadOnlyList<(string Name, Tensor Value)> Weights =>
        [.. Parameters, ("bn.running_mean", _mean), ("bn.running_var", _variance), ("bn.num_batches_tracked", _batches)];

    public Tensor Depth(Tensor rgb)
    {
        Pictures += (int)rgb.shape[0];
        var x = nn.functional.conv2d(rgb, _weight, padding: [1L]);
        return nn.functional.batch_norm(x, _mean, _variance, _scale, _offset, training: false).exp();
    }

    public void Dispose()
    {
        foreach (var (_, value) in Weights) value.Dispose();
    }

    private static Tensor Values(int layer, long[] shape, double deviation)
    {
        var random = new CounterRandom(5, layer, 1);
        return tensor(Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(i => (float)(deviation * random.Normal((ulong)i))).ToArray(), shape)
            .DetachFromDisposeScope();
    }
}
