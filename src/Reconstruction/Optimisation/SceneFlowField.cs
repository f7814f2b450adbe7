using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The scene-flow network of spec 3.2: world displacement of a point over one frame step, from its encoded time and place. Plain linear
/// layers over points [M, .]; LeakyReLU 0.2 after every layer but the last; output divided by <c>divisor</c>.
/// </summary>
public sealed class SceneFlowField : IDisposable
{
    private const double Slope = 0.2;
    private readonly Tensor[] _weights;
    private readonly Tensor[] _biases;
    private readonly Tensor _frequencies;
    private readonly double _divisor;

    /// <param name="width">Channels of a hidden layer.</param>
    /// <param name="layers">Hidden-to-hidden layers.</param>
    public SceneFlowField(int width, int layers, double divisor, int seed, Device device, ScalarType type = ScalarType.Float32)
    {
        var sizes = new List<int> { SceneFlowEncoding.Channels(1) + SceneFlowEncoding.Channels(3) };
        sizes.AddRange(Enumerable.Repeat(width, layers + 1));
        sizes.Add(3);
        _weights = new Tensor[sizes.Count - 1];
        _biases = new Tensor[sizes.Count - 1];
        _divisor = divisor;
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = Parameter(KaimingNormal(sizes[i], sizes[i + 1], seed, i), [sizes[i + 1], sizes[i]], type, device);
            _biases[i] = Parameter(new double[sizes[i + 1]], [sizes[i + 1]], type, device);
        }

        _frequencies = SceneFlowEncoding.FrequencyTensor(type, device).DetachFromDisposeScope();
    }

    /// <summary>Learnable tensors with their names, in a fixed order.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Parameters =>
        [.. _weights.SelectMany((w, i) => new[] { ($"convs.{i}.conv.weight", w), ($"convs.{i}.conv.bias", _biases[i]) })];

    /// <param name="points">World points, [M, 3].</param>
    /// <param name="time">Frame / frames, [M, 1].</param>
    /// <returns>Displacement over one frame step, [M, 3].</returns>
    public Tensor Displacement(Tensor points, Tensor time)
    {
        var x = cat([SceneFlowEncoding.Encode(time, _frequencies), SceneFlowEncoding.Encode(points, _frequencies)], 1);
        for (var i = 0; i < _weights.Length; i++)
        {
            x = nn.functional.linear(x, _weights[i], _biases[i]);
            if (i < _weights.Length - 1) x = nn.functional.leaky_relu(x, Slope);
        }

        return x.div(_divisor);
    }

    /// <summary>Follows points over <paramref name="steps"/> frame steps (spec 3.3); every shorter gap is a prefix of it (spec 9.1).</summary>
    /// <param name="timeStep">1 / frames.</param>
    public SceneFlowPath Unroll(Tensor points, Tensor time, double timeStep, int steps)
    {
        var total = new Tensor[steps];
        Tensor? sum = null;
        Tensor first = points, second = points;
        for (var k = 0; k < steps; k++)
        {
            var step = Displacement(sum is null ? points : points.add(sum), time.add(k * timeStep));
            if (k == 0) first = step;
            if (k == 1) second = step;
            sum = sum is null ? step : sum.add(step);
            total[k] = sum;
        }

        return new SceneFlowPath(total, first, steps > 1 ? second : Displacement(points.add(first), time.add(timeStep)));
    }

    public void Dispose()
    {
        foreach (var tensor in _weights.Concat(_biases)) tensor.Dispose();
        _frequencies.Dispose();
    }

    private static Tensor Parameter(double[] values, long[] shape, ScalarType type, Device device) =>
        tensor(values, shape, dtype: type, device: device).requires_grad_(true).DetachFromDisposeScope();

    /// <summary>Normal of deviation sqrt(2 / ((1 + slope^2) fan_in)), the last layer included (spec 3.2).</summary>
    private static double[] KaimingNormal(int inputs, int outputs, int seed, int layer)
    {
        var random = new CounterRandom(seed, layer, stream: 1000);
        var deviation = Math.Sqrt(2 / ((1 + (Slope * Slope)) * inputs));
        var values = new double[inputs * outputs];
        for (var i = 0; i < values.Length; i++) values[i] = deviation * random.Normal((ulong)i);
        return values;
    }
}
