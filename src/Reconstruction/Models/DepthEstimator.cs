using Depth3D.Imaging;
using Depth3D.Inference;
using Depth3D.Inference.Registry;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Models;

/// <summary>Monocular depth of single pictures by an ONNX model.</summary>
public sealed class DepthEstimator : IDisposable
{
    private readonly OnnxModel _model;

    private DepthEstimator(OnnxModel model) => _model = model;

    public ModelCard Card => _model.Card;

    /// <summary>What <see cref="Estimate"/> returns: relative disparity or depth.</summary>
    public OutputKind Kind => _model.Card.Output.Kind;

    /// <summary>Sentences for people, such as why CUDA was not used.</summary>
    public IReadOnlyList<string> Warnings => _model.Session.Warnings;

    /// <param name="method"><c>onnx:NAME</c> or <c>onnx:PATH.onnx</c>.</param>
    /// <exception cref="Depth3DException">No such model, a bad one, or one for another task.</exception>
    public static DepthEstimator Open(string method, OnnxSessionOptions? options = null, ModelRegistry? registry = null) =>
        new(ModelReference.Open(method, ModelTask.Depth, options, registry));

    /// <summary>One map of the picture's size, in the model's own unit: no scale, no shift, no normalisation per picture.</summary>
    /// <param name="rgb">Three channels.</param>
    /// <exception cref="Depth3DException">The model fails, or its output holds NaN or infinity.</exception>
    public Raster<float> Estimate(Raster<byte> rgb, CancellationToken cancellation = default)
    {
        var output = ModelImage.Run(_model, rgb, cancellation);
        foreach (var value in output.Values)
        {
            if (!float.IsFinite(value))
                throw new Depth3DException($"the depth model returned {value}", Card.Name, "check its card: scale, mean and std");
        }

        return ModelImage.Fit(ModelImage.Map(output, output.Values), rgb.Width, rgb.Height);
    }

    public void Dispose() => _model.Dispose();
}
