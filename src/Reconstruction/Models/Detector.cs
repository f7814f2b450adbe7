using Depth3D.Imaging;
using Depth3D.Inference;
using Depth3D.Inference.Images;
using Depth3D.Inference.Registry;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Models;

/// <summary>Object detection in single pictures by an ONNX model. Boxes become regions by GrabCut inside each box.</summary>
public sealed class Detector : IObjectFinder
{
    /// <summary>Long side at which boxes are cut out: GrabCut costs about 0.2 s at 640 x 360 and gains nothing from more pixels.</summary>
    private const int CutLongSide = 320;

    /// <summary>Share of a box that must come out as foreground for the cut to be believed.</summary>
    private const double MinCutShare = 0.15;

    private readonly OnnxModel _model;

    internal Detector(OnnxModel model) => _model = model;

    public ModelCard Card => _model.Card;

    public IReadOnlyList<string> Warnings => _model.Session.Warnings;

    /// <param name="method"><c>onnx:NAME</c> or <c>onnx:PATH.onnx</c>.</param>
    /// <exception cref="Depth3DException">No such model, a bad one, or one for another task.</exception>
    public static Detector Open(string method, OnnxSessionOptions? options = null, ModelRegistry? registry = null) =>
        new(ModelReference.Open(method, ModelTask.Detection, options, registry));

    /// <summary>Boxes by falling score, in shares of the picture.</summary>
    public IReadOnlyList<DetectedBox> Detect(Raster<byte> rgb, float minScore = 0.3f, CancellationToken cancellation = default) =>
        FastestDetCells.Decode(ModelImage.Run(_model, rgb, cancellation), minScore);

    /// <summary>1 inside the objects of the classes, 0 outside; between them only along resampled edges.</summary>
    public Raster<float> Probability(Raster<byte> rgb, IReadOnlyList<int> classIds, CancellationToken cancellation = default)
    {
        var factor = Math.Min(1, CutLongSide / (double)Math.Max(rgb.Width, rgb.Height));
        var small = ModelImage.Fit(rgb, Math.Max(1, (int)Math.Round(rgb.Width * factor)), Math.Max(1, (int)Math.Round(rgb.Height * factor)));
        var result = new Raster<float>(small.Width, small.Height);
        foreach (var box in Detect(rgb, cancellation: cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (classIds.Contains(box.ClassId)) CutOut(small, box, result);
        }

        return ModelImage.Fit(result, rgb.Width, rgb.Height);
    }

    public void Dispose() => _model.Dispose();

    private static void CutOut(Raster<byte> rgb, DetectedBox box, Raster<float> result)
    {
        var (left, right) = Span(box.X, box.Width, rgb.Width);
        var (top, bottom) = Span(box.Y, box.Height, rgb.Height);
        var area = (right - left) * (bottom - top);
        if (area < 16) return;
        var labels = new Raster<byte>(rgb.Width, rgb.Height);
        for (var y = top; y < bottom; y++) labels.Row(y)[left..right].Fill(GrabCutLabel.ProbablyForeground);
        var cut = area < 0.95 * rgb.PixelCount ? Filters.GrabCut(rgb, labels) : labels;
        var kept = 0;
        foreach (var label in cut.Samples) kept += GrabCutLabel.IsForeground(label) ? 1 : 0;

        // A cut that lost nearly everything says that the colours do not separate: the box itself is the better answer.
        var source = kept >= MinCutShare * area ? cut : labels;
        for (var i = 0; i < result.Samples.Length; i++)
        {
            if (GrabCutLabel.IsForeground(source.Samples[i])) result.Samples[i] = 1;
        }
    }

    private static (int From, int To) Span(float start, float length, int extent) =>
        (Math.Clamp((int)MathF.Floor(start * extent), 0, extent), Math.Clamp((int)MathF.Ceiling((start + length) * extent), 0, extent));
}
