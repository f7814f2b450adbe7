using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The scene-flow network of spec 3.2: world displacement of a point over one frame step, from its encoded time and place. Plain linear
/// layers over points [M, .]; LeakyReLU 0.2 after every layer but the last; output divided by <c>divisor</c>.
/// </summary>
public sealed class SceneFlowField : ISceneFlow
{
    private const double Slope = 0.2;
    private readonly Tensor[] _weights;
    private readonly Tensor[] _biases;
    private readonly Tensor? _timeFrequencies;
    private readonly Tensor _frequencies;
    private readonly SceneFlowShape _shape;

    /// <param name="width">Channels of a hidden layer.</param>
    /// <param name="layers">Hidden-to-hidden layers.</param>
    public SceneFlowField(int width, int layers, double divisor, int seed, Device device, ScalarType type = ScalarType.Float32)
        : this(new SceneFlowShape { Width = width, Layers = layers, Divisor = divisor }, seed, device, type)
    {
    }

    public SceneFlowField(SceneFlowShape shape, int seed, Device device, ScalarType type = ScalarType.Float32)
    {
        _shape = shape;
        var inputs = SceneFlowEncoding.Channels(3, shape.SpaceFrequencies)
            + (shape.TimeDependent ? SceneFlowEncoding.Channels(1, shape.TimeFrequencies) : 0);
        int[] sizes = [inputs, .. Enumerable.Repeat(shape.Width, shape.Layers + 1), 3];
        _weights = new Tensor[sizes.Length - 1];
        _biases = new Tensor[sizes.Length - 1];
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = KaimingNormal.Tensor([sizes[i + 1], sizes[i]], sizes[i], Slope, seed, i, device, type);
            _biases[i] = zeros([sizes[i + 1]], dtype: type, device: device).requires_grad_(true).DetachFromDisposeScope();
        }

        _frequencies = SceneFlowEncoding.FrequencyTensor(type, device, shape.SpaceFrequencies).DetachFromDisposeScope();
        if (shape.TimeDependent)
            _timeFrequencies = SceneFlowEncoding.FrequencyTensor(type, device, shape.TimeFrequencies).DetachFromDisposeScope();
    }

    /// <summary>Learnable tensors with their names, in a fixed order.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Parameters =>
        [.. _weights.SelectMany((w, i) => new[] { ($"convs.{i}.conv.weight", w), ($"convs.{i}.conv.bias", _biases[i]) })];

    /// <param name="points">World points, [M, 3].</param>
    /// <param name="time">Frame / frames, [M, 1].</param>
    /// <returns>Displacement over one frame step, [M, 3].</returns>
    public Tensor Displacement(Tensor points, Tensor time)
    {
        var x = SceneFlowEncoding.Encode(_shape.LengthUnit == 1 ? points : points.div(_shape.LengthUnit), _frequencies);
        if (_timeFrequencies is not null) x = cat([SceneFlowEncoding.Encode(time, _timeFrequencies), x], 1);
        var full = x.dtype;
        x = Cast(x);
        for (var i = 0; i < _weights.Length; i++)
        {
            x = nn.functional.linear(x, Cast(_weights[i]), Cast(_biases[i]));
            if (i < _weights.Length - 1) x = nn.functional.leaky_relu(x, Slope);
        }

        return (_shape.ReducedPrecision ? x.to_type(full) : x).div(_shape.Divisor / _shape.LengthUnit);
    }

    public void Dispose()
    {
        foreach (var tensor in _weights.Concat(_biases)) tensor.Dispose();
        _frequencies.Dispose();
        _timeFrequencies?.Dispose();
    }

    private Tensor Cast(Tensor tensor) => _shape.ReducedPrecision ? tensor.to_type(ScalarType.BFloat16) : tensor;
}
