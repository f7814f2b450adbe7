using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The convolutional scene flow of spec 3.4 (<c>use_cnn</c>): a U-Net over the picture of world points and time. It sees neighbours on the
/// picture instead of encoded places, so it needs whole pictures.
/// </summary>
public sealed class SceneFlowGrid : ISceneFlow
{
    private const double Slope = 0.2;
    private const int FirstChannels = 32;
    private readonly List<(string Name, Tensor Value)> _parameters = [];
    private readonly int _width;
    private readonly int _height;
    private readonly int _levels;
    private readonly double _scale;
    private readonly double _lengthUnit;

    /// <param name="levels">How often the picture is halved; both sides must be multiples of 2^levels.</param>
    /// <param name="shape">Divisor and length unit; the rest does not apply.</param>
    public SceneFlowGrid(int width, int height, int levels, SceneFlowShape shape, int seed, Device device)
    {
        if (levels < 1 || width % (1 << levels) != 0 || height % (1 << levels) != 0)
            throw new ArgumentException($"{width}x{height} cannot be halved {levels} times");
        (_width, _height, _levels) = (width, height, levels);
        (_lengthUnit, _scale) = (shape.LengthUnit, shape.LengthUnit / shape.Divisor);
        var input = 4;
        for (var level = 0; level < levels; level++) input = AddBlock($"down.{level}", input, Channels(level), seed, device);
        input = AddBlock("middle", input, Channels(levels - 1), seed, device);
        for (var level = levels - 1; level >= 0; level--)
            input = AddBlock($"up.{level}", input + Channels(level), Channels(Math.Max(0, level - 1)), seed, device);
        AddLayer("head", input, 3, 1, seed, device);
    }

    public IReadOnlyList<(string Name, Tensor Value)> Parameters => _parameters;

    /// <param name="points">World points of every pixel, row by row, [H * W, 3].</param>
    /// <param name="time">[H * W, 1].</param>
    public Tensor Displacement(Tensor points, Tensor time)
    {
        var next = 0;
        var x = cat([points.div(_lengthUnit), time], 1).t().reshape(1, 4, _height, _width);
        var skips = new Stack<Tensor>();
        for (var level = 0; level < _levels; level++)
        {
            x = Block(x, ref next);
            skips.Push(x);
            x = nn.functional.avg_pool2d(x, 3, 2, 1);
        }

        x = Block(x, ref next);
        while (skips.TryPop(out var skip))
        {
            var up = nn.functional.interpolate(x, [skip.shape[2], skip.shape[3]], mode: InterpolationMode.Bilinear, align_corners: true);
            x = Block(cat([skip, up], 1), ref next);
        }

        x = nn.functional.conv2d(x, _parameters[next].Value, _parameters[next + 1].Value);
        return x.reshape(3, (long)_height * _width).t().mul(_scale);
    }

    public void Dispose()
    {
        foreach (var (_, value) in _parameters) value.Dispose();
    }

    private static int Channels(int level) => FirstChannels << level;

    private Tensor Block(Tensor x, ref int next)
    {
        for (var i = 0; i < 2; i++, next += 2)
        {
            var padded = nn.functional.pad(x, [1, 1, 1, 1], PaddingModes.Reflect);
            x = nn.functional.leaky_relu(nn.functional.conv2d(padded, _parameters[next].Value, _parameters[next + 1].Value), Slope);
        }

        return x;
    }

    private int AddBlock(string name, int inputs, int outputs, int seed, Device device)
    {
        AddLayer($"{name}.0", inputs, outputs, 3, seed, device);
        AddLayer($"{name}.1", outputs, outputs, 3, seed, device);
        return outputs;
    }

    private void AddLayer(string name, int inputs, int outputs, int side, int seed, Device device)
    {
        var fanIn = inputs * side * side;
        _parameters.Add(($"{name}.weight", KaimingNormal.Tensor([outputs, inputs, side, side], fanIn, Slope, seed, _parameters.Count, device)));
        _parameters.Add(($"{name}.bias", zeros([outputs], device: device).requires_grad_(true).DetachFromDisposeScope()));
    }
}
