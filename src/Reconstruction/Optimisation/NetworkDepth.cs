using Depth3D.Messages;
using Depth3D.Reconstruction.Networks;
using Depth3D.Tensors;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>A depth network on a clip's pictures, its depth brought to the clip's unit of length.</summary>
internal sealed class NetworkDepth : IDisposable
{
    private const int FramesPerPass = 4;
    private const int AlignmentFrames = 8;
    private const int SamplesOfClip = 20_000;

    private readonly IDepthNetwork _network;
    private readonly TrainingClip _clip;
    private readonly double _lengthUnit;
    private readonly Device _device;
    private readonly Tensor _pictures;

    /// <summary>Units of length in one of the network's.</summary>
    private readonly double _unit = 1;

    private Tensor? _frozen;

    /// <param name="lengthUnit">Units of length in one of the clip's.</param>
    /// <exception cref="Depth3DException">Pictures and clip differ in size or count, or the network's depth says nothing about the prior.</exception>
    public NetworkDepth(IDepthNetwork network, TrainingClip clip, ClipPictures pictures, double lengthUnit, NetworkAlignment alignment, Device device)
    {
        if (pictures.Count != clip.Frames || pictures.Width != clip.Width || pictures.Height != clip.Height)
        {
            throw new Depth3DException(
                $"{pictures.Count} pictures of {pictures.Width}x{pictures.Height}; the clip has {clip.Frames} frames of {clip.Width}x{clip.Height}");
        }

        (_network, _clip, _lengthUnit, _device) = (network, clip, lengthUnit, device);
        var (samples, width, height) = pictures.Planes(network.SizeMultiple);
        _pictures = TensorBytes.FromBytes(samples, ScalarType.Byte, [pictures.Count, 3, height, width], device).DetachFromDisposeScope();
        _unit = alignment switch
        {
            NetworkAlignment.Affine when network is IDisparityNetwork relative => Align(relative),
            NetworkAlignment.None => network.Name == "unet" ? lengthUnit : 1, // untrained, its depths are about 1
            _ => MedianFactor(),
        };
    }

    /// <summary>Depth of some frames in units of length, [B, H, W], with gradient to the network's parameters.</summary>
    public Tensor Of(IReadOnlyList<int> frames)
    {
        var rgb = Pictures(frames);
        var depth = _network is IPriorDepthNetwork corrector ? corrector.Depth(rgb, LogPrior(frames).unsqueeze(1).exp()) : _network.Depth(rgb);
        if (depth.shape[2] != _clip.Height || depth.shape[3] != _clip.Width)
        {
            depth = nn.functional.interpolate(depth.reciprocal(), [_clip.Height, _clip.Width], mode: InterpolationMode.Bilinear, align_corners: false)
                .reciprocal();
        }

        return depth.squeeze(1).mul(_unit);
    }

    /// <summary>The same without gradient, from a store filled once: for as long as the network does not change (spec 9.3).</summary>
    public Tensor Frozen(IReadOnlyList<int> frames)
    {
        _frozen ??= All().DetachFromDisposeScope();
        using var index = tensor(frames.Select(f => (long)f).ToArray(), [frames.Count], device: _device);
        return _frozen.index_select(0, index);
    }

    /// <summary>Says that the network changed.</summary>
    public void Forget()
    {
        _frozen?.Dispose();
        _frozen = null;
    }

    /// <summary>Log of prior depth over units of length, [B, H, W].</summary>
    public Tensor LogPrior(IReadOnlyList<int> frames) =>
        stack([.. frames.Select(f => tensor(_clip.LogPriorDepth[f], [_clip.Height, _clip.Width], device: _device))], 0).add(Math.Log(_lengthUnit));

    /// <summary>Log depth less log prior depth of one frame, row by row.</summary>
    public float[] LogCorrection(int frame)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return Of([frame]).log().sub(LogPrior([frame])).cpu().contiguous().data<float>().ToArray();
    }

    public void Dispose()
    {
        _network.Dispose();
        Forget();
        _pictures.Dispose();
    }

    private Tensor Pictures(IReadOnlyList<int> frames)
    {
        using var index = tensor(frames.Select(f => (long)f).ToArray(), [frames.Count], device: _device);
        return _pictures.index_select(0, index).to_type(ScalarType.Float32).div(255).ChannelsLast();
    }

    private Tensor All()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var parts = Enumerable.Range(0, _clip.Frames).Chunk(FramesPerPass).Select(frames => Of(frames)).ToArray();
        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    /// <summary>Gives a network of relative disparity the clip's unit of length.</summary>
    private double Align(IDisparityNetwork network)
    {
        using var scope = NewDisposeScope();
        var count = Math.Min(AlignmentFrames, _clip.Frames);
        network.Affine = DisparityAlignment.Find(network, [.. Enumerable.Range(0, count).Select(i => i * (_clip.Frames - 1) / Math.Max(1, count - 1))
            .Select(f => (Pictures([f]), Resized(LogPrior([f]).unsqueeze(1).exp())))]);
        return 1;
    }

    private Tensor Resized(Tensor depth) => nn.functional.interpolate(depth, _pictures.shape[2..], mode: InterpolationMode.Nearest);

    private double MedianFactor()
    {
        var ratios = new List<double>();
        var stride = Math.Max(1, _clip.Frames * _clip.Width * _clip.Height / SamplesOfClip);
        for (var f = 0; f < _clip.Frames; f++)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var own = Of([f]).log().cpu().contiguous().data<float>();
            for (var i = f % stride; i < own.Count; i += stride) ratios.Add(_clip.LogPriorDepth[f][i] + Math.Log(_lengthUnit) - own[i]);
        }

        ratios.Sort();
        return Math.Exp(ratios[ratios.Count / 2]);
    }
}
