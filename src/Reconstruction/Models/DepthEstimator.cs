using Depth3D.Imaging;
using Depth3D.Inference;
using Depth3D.Inference.Registry;
using Depth3D.Messages;
using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;
using TorchSharp;

namespace Depth3D.Reconstruction.Models;

/// <summary>Monocular depth of single pictures by an ONNX model or a TorchScript network.</summary>
public sealed class DepthEstimator : IDisposable
{
    private readonly IDisposable _model;
    private readonly Func<Raster<byte>, CancellationToken, Raster<float>> _run;

    private DepthEstimator(OnnxModel model)
    {
        (_model, Card, Warnings) = (model, model.Card, model.Session.Warnings);
        _run = (rgb, cancellation) =>
        {
            var output = ModelImage.Run(model, rgb, cancellation);
            return ModelImage.Map(output, output.Values);
        };
    }

    private DepthEstimator(TorchScriptNetwork network)
    {
        (_model, Card) = (network, network.Card);
        _run = (rgb, _) => Run(network, rgb);
    }

    public ModelCard Card { get; }

    /// <summary>What <see cref="Estimate"/> returns: relative disparity or depth.</summary>
    public OutputKind Kind => Card.Output.Kind;

    /// <summary>Sentences for people, such as why CUDA was not used.</summary>
    public IReadOnlyList<string> Warnings { get; } = [];

    /// <param name="method"><c>onnx:NAME</c>, <c>onnx:PATH.onnx</c>, <c>torchscript:NAME</c> or <c>torchscript:PATH.pt</c>.</param>
    /// <exception cref="Depth3DException">No such model, a bad one, or one for another task.</exception>
    public static DepthEstimator Open(string method, OnnxSessionOptions? options = null, ModelRegistry? registry = null) =>
        TorchScriptReference.IsModel(method)
            ? new(TorchScriptNetwork.Open(method, ComputeDevice.Parse(options?.Device ?? "cpu"), registry))
            : new(ModelReference.Open(method, ModelTask.Depth, options, registry));

    /// <summary>One map of the picture's size, in the model's own unit: no scale, no shift, no normalisation per picture.</summary>
    /// <param name="rgb">Three channels.</param>
    /// <exception cref="Depth3DException">The model fails, or its output holds NaN or infinity.</exception>
    public Raster<float> Estimate(Raster<byte> rgb, CancellationToken cancellation = default)
    {
        var map = _run(rgb, cancellation);
        foreach (var value in map.Samples)
        {
            if (!float.IsFinite(value))
                throw new Depth3DException($"the depth model returned {value}", Card.Name, "check its card: scale, mean and std");
        }

        return ModelImage.Fit(map, rgb.Width, rgb.Height);
    }

    public void Dispose() => _model.Dispose();

    private static Raster<float> Run(TorchScriptNetwork network, Raster<byte> rgb)
    {
        if (rgb.Channels != 3) throw new ArgumentException($"an RGB picture has 3 channels, this one has {rgb.Channels}", nameof(rgb));
        using var scope = torch.NewDisposeScope();
        using var off = torch.no_grad();
        var picture = TensorBytes.FromBytes(rgb.Samples, torch.ScalarType.Byte, [1, rgb.Height, rgb.Width, 3]);
        var disparity = network.Disparity(picture.permute(0, 3, 1, 2).to(torch.ScalarType.Float32).div(255));
        var values = network.Card.Output.Kind == OutputKind.Depth ? disparity.reciprocal() : disparity;
        return new Raster<float>(rgb.Width, rgb.Height, 1, values.cpu().contiguous().data<float>().ToArray());
    }
}
