using Depth3D.Imaging;
using Depth3D.Inference;
using Depth3D.Inference.Images;
using Depth3D.Inference.Registry;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Models;

/// <summary>Optical flow between two pictures by an ONNX model with two image inputs (RAFT and its relatives, exported with a fixed number of rounds).</summary>
public sealed class FlowEstimator : IDisposable
{
    private readonly OnnxModel _model;

    private FlowEstimator(OnnxModel model) => _model = model;

    public ModelCard Card => _model.Card;

    /// <param name="method"><c>onnx:NAME</c> or <c>onnx:PATH.onnx</c>; flow models need a card.</param>
    /// <exception cref="Depth3DException">No such model, a bad one, or one for another task.</exception>
    public static FlowEstimator Open(string method, OnnxSessionOptions? options = null, ModelRegistry? registry = null) =>
        new(ModelReference.Open(method, ModelTask.Flow, options, registry));

    /// <summary>Flow (du, dv) in pixels of the pictures, on the first one's grid: p2 = p1 + flow(p1).</summary>
    /// <param name="first">RGB.</param>
    /// <param name="second">RGB, the same size.</param>
    /// <exception cref="Depth3DException">The model fails, or its output is no finite flow.</exception>
    public Raster<float> Compute(Raster<byte> first, Raster<byte> second, CancellationToken cancellation = default)
    {
        if (first.Channels != 3 || second.Channels != 3 || first.Width != second.Width || first.Height != second.Height)
            throw new ArgumentException("flow needs two RGB pictures of one size", nameof(second));
        var (width, height) = _model.Card.Input.SizeFor(first.Width, first.Height);
        var output = _model.RunPair(Pack(first), Pack(second), cancellation);
        var flow = Interleave(output, width, height);
        return ModelImage.Fit(flow, first.Width, first.Height);

        OnnxTensor Pack(Raster<byte> rgb) => ImagePacker.Pack(ModelImage.Fit(rgb, width, height).Samples, width, height, _model.Card.Input);

        // The output may be coarser than the input (an eighth for some exports); its vectors are in input pixels either way.
        Raster<float> Interleave(OnnxTensor planes, int inputWidth, int inputHeight)
        {
            var result = new Raster<float>((int)planes.Shape[3], (int)planes.Shape[2], 2);
            float scaleX = first.Width / (float)inputWidth, scaleY = first.Height / (float)inputHeight;
            for (var i = 0; i < result.PixelCount; i++)
            {
                result.Samples[2 * i] = planes.Values[i] * scaleX;
                result.Samples[(2 * i) + 1] = planes.Values[result.PixelCount + i] * scaleY;
            }

            return result;
        }
    }

    public void Dispose() => _model.Dispose();
}
