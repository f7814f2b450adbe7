using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>First weights of layers before a leaky rectifier: normal of deviation sqrt(2 / ((1 + slope^2) fan_in)) (spec 3.2).</summary>
internal static class KaimingNormal
{
    private const int Stream = 1000;

    /// <summary>A learnable tensor that belongs to no scope; a function of seed and layer.</summary>
    public static Tensor Tensor(long[] shape, int fanIn, double slope, int seed, int layer, Device device, ScalarType type = ScalarType.Float32)
    {
        var random = new CounterRandom(seed, layer, Stream);
        var deviation = Math.Sqrt(2 / ((1 + (slope * slope)) * fanIn));
        var values = new double[shape.Aggregate((a, b) => a * b)];
        for (var i = 0; i < values.Length; i++) values[i] = deviation * random.Normal((ulong)i);
        return tensor(values, shape, dtype: type, device: device).requires_grad_(true).DetachFromDisposeScope();
    }
}
