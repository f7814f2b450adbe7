using Depth3D.Imaging;
using Depth3D.Inference;
using Depth3D.Inference.Images;
using Depth3D.Inference.Registry;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Models;

/// <summary>Semantic segmentation of single pictures by an ONNX model.</summary>
public sealed class Segmenter : IObjectFinder
{
    private readonly OnnxModel _model;

    internal Segmenter(OnnxModel model) => _model = model;

    public ModelCard Card => _model.Card;

    public IReadOnlyList<string> Warnings => _model.Session.Warnings;

    /// <param name="method"><c>onnx:NAME</c> or <c>onnx:PATH.onnx</c>.</param>
    /// <exception cref="Depth3DException">No such model, a bad one, or one for another task.</exception>
    public static Segmenter Open(string method, OnnxSessionOptions? options = null, ModelRegistry? registry = null) =>
        new(ModelReference.Open(method, ModelTask.Segmentation, options, registry));

    /// <summary>Best class id of every pixel, at the picture's size.</summary>
    public Raster<byte> ClassMap(Raster<byte> rgb, CancellationToken cancellation = default)
    {
        var logits = ModelImage.Run(_model, rgb, cancellation);
        var map = new Raster<byte>((int)logits.Shape[3], (int)logits.Shape[2], 1, ClassScores.ArgMax(logits));
        return Resize.Nearest(map, rgb.Width, rgb.Height);
    }

    /// <inheritdoc/>
    public Raster<float> Probability(Raster<byte> rgb, IReadOnlyList<int> classIds, CancellationToken cancellation = default)
    {
        var logits = ModelImage.Run(_model, rgb, cancellation);
        return ModelImage.Fit(ModelImage.Map(logits, ClassScores.Probability(logits, classIds)), rgb.Width, rgb.Height);
    }

    public void Dispose() => _model.Dispose();
}
