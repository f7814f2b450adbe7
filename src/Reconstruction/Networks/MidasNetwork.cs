using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Tensors;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>
/// MiDaS v2.1 (Ranftl et al. 2020) by spec 2.1: a ResNeXt encoder, four adapters, fusion from deep to shallow, a head whose output is
/// relative inverse depth, and depth = 10000 / max(output, 0.01) unless aligned to a clip. Batch normalisation uses and keeps the
/// statistics of the file; its scale and offset are trained like everything else.
/// </summary>
public sealed class MidasNetwork : IDisparityNetwork
{
    private const double Epsilon = 1e-5; // of batch normalisation
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviation = [0.229f, 0.224f, 0.225f];
    private readonly MidasShape _shape;
    private readonly Dictionary<string, Tensor> _arrays = new(StringComparer.Ordinal);
    private readonly List<string> _trained = [];
    private readonly List<string> _kept = [];
    private readonly Tensor _mean;
    private readonly Tensor _deviation;

    /// <param name="arrays">The state dictionary.</param>
    /// <param name="where">Its file, for messages.</param>
    /// <exception cref="Depth3DException">An array is missing, misshapen or unknown: names it and the file.</exception>
    public MidasNetwork(MidasShape shape, IReadOnlyDictionary<string, TensorData> arrays, string where, Device device)
    {
        _shape = shape;
        using var scope = NewDisposeScope();
        foreach (var (name, size, trained) in MidasArrays.Of(shape))
        {
            var value = zeros(size, trained || size.Length > 0 ? ScalarType.Float32 : ScalarType.Int64, device);
            if (size.Length == 4) value = value.ChannelsLast();
            _arrays.Add(name, value.requires_grad_(trained).DetachFromDisposeScope());
            (trained ? _trained : _kept).Add(name);
        }

        _mean = tensor(Mean, [1, 3, 1, 1], device: device).DetachFromDisposeScope();
        _deviation = tensor(Deviation, [1, 3, 1, 1], device: device).DetachFromDisposeScope();
        try
        {
            WeightFile.CopyInto(Weights, arrays, where);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name => "midas";

    public int SizeMultiple => 32;

    public DisparityAffine Affine { get; set; } = MidasUnits;

    public IReadOnlyList<(string Name, Tensor Value)> Parameters => [.. _trained.Select(name => (name, _arrays[name]))];

    public IReadOnlyList<(string Name, Tensor Value)> Weights => [.. _trained.Concat(_kept).Select(name => (name, _arrays[name]))];

    /// <summary>Depth = 10000 / max(output, 0.01) (spec 2.1).</summary>
    internal static DisparityAffine MidasUnits { get; } = new(1e-4, 0, 1e-6);

    /// <summary>Loads MiDaS v2.1 from safetensors or PyTorch's zip file.</summary>
    /// <exception cref="Depth3DException">No such file, a damaged or hostile one, or arrays that are not this network's.</exception>
    public static MidasNetwork Load(string path, Device device) => new(new MidasShape(), WeightFile.Read(path), path, device);

    public Tensor Depth(Tensor rgb) => Affine.Depth(Disparity(rgb));

    public Tensor Disparity(Tensor rgb)
    {
        PictureShape.Require(rgb, 3, SizeMultiple, Name);
        var x = rgb.to(_mean.device).sub(_mean).div(_deviation).ChannelsLast();
        x = Norm(nn.functional.conv2d(x, _arrays["pretrained.layer1.0.weight"], strides: [2], padding: [3]), "pretrained.layer1.1").relu();
        x = nn.functional.max_pool2d(x, 3, 2, 1);
        var skips = new List<Tensor>();
        for (var stage = 0; stage < _shape.Blocks.Count; stage++)
        {
            for (var block = 0; block < _shape.Blocks[stage]; block++) x = Bottleneck(x, stage, block);
            skips.Add(nn.functional.conv2d(x, _arrays[$"scratch.layer{stage + 1}_rn.weight"], padding: [1]));
        }

        Tensor? path = null;
        for (var k = skips.Count; k >= 1; k--) path = Fuse($"scratch.refinenet{k}", skips[k - 1], path);
        return Head(path!);
    }

    public void Dispose()
    {
        foreach (var array in _arrays.Values) array.Dispose();
        _mean.Dispose();
        _deviation.Dispose();
    }

    /// <summary>ReLU(x) + conv2(ReLU(conv1(ReLU(x)))): the skip is rectified too (spec 2.1).</summary>
    internal static Tensor ResidualUnit(Tensor x, Tensor weight1, Tensor bias1, Tensor weight2, Tensor bias2)
    {
        var rectified = x.relu();
        var inner = nn.functional.conv2d(rectified, weight1, bias1, padding: [1]).relu();
        return rectified.add(nn.functional.conv2d(inner, weight2, bias2, padding: [1]));
    }

    private Tensor Bottleneck(Tensor x, int stage, int block)
    {
        var name = $"{MidasArrays.StageName(stage)}.{block}";
        long stride = stage > 0 && block == 0 ? 2 : 1;
        var y = Norm(nn.functional.conv2d(x, _arrays[name + ".conv1.weight"]), name + ".bn1").relu();
        y = Norm(nn.functional.conv2d(y, _arrays[name + ".conv2.weight"], strides: [stride], padding: [1], groups: _shape.Groups), name + ".bn2").relu();
        y = Norm(nn.functional.conv2d(y, _arrays[name + ".conv3.weight"]), name + ".bn3");
        var shortcut = block > 0 ? x : Norm(nn.functional.conv2d(x, _arrays[name + ".downsample.0.weight"], strides: [stride]), name + ".downsample.1");
        return y.add(shortcut).relu();
    }

    /// <summary>The deepest block has no path from below, and its first unit is not used.</summary>
    private Tensor Fuse(string name, Tensor skip, Tensor? path)
    {
        var joined = path is null ? skip : path.add(Unit(name + ".resConfUnit1", skip));
        return nn.functional.interpolate(Unit(name + ".resConfUnit2", joined), scale_factor: [2], mode: InterpolationMode.Bilinear, align_corners: true);
    }

    private Tensor Unit(string name, Tensor x) => ResidualUnit(x, _arrays[name + ".conv1.weight"], _arrays[name + ".conv1.bias"],
        _arrays[name + ".conv2.weight"], _arrays[name + ".conv2.bias"]);

    private Tensor Head(Tensor x)
    {
        Tensor Conv(Tensor input, int layer, long padding) =>
            nn.functional.conv2d(input, _arrays[$"scratch.output_conv.{layer}.weight"], _arrays[$"scratch.output_conv.{layer}.bias"], padding: [padding]);
        x = nn.functional.interpolate(Conv(x, 0, 1), scale_factor: [2], mode: InterpolationMode.Bilinear, align_corners: false);
        return Conv(Conv(x, 2, 1).relu(), 4, 0).relu();
    }

    private Tensor Norm(Tensor x, string name) => nn.functional.batch_norm(x, _arrays[name + ".running_mean"], _arrays[name + ".running_var"],
        _arrays[name + ".weight"], _arrays[name + ".bias"], training: false, eps: Epsilon);
}
