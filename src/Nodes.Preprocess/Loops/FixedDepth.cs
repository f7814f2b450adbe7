using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Inference.Registry;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction;
using Depth3D.Reconstruction.Models;

namespace Depth3D.Nodes.Preprocess.Loops;

/// <summary>The single depth of a camera that stands: flat, from a file, or by a model from the middle picture of the clip.</summary>
internal sealed class FixedDepth(StageContext context, LoopViewInfo view, Raster<byte> picture)
{
    /// <summary>
    /// A model of relative disparity says nothing about how deep a scene is: its nearest percent is taken to lie this many times nearer than its farthest.
    /// </summary>
    private const double GuessedRange = 5;

    private const string FileSource = "file:", FolderSource = "dir:", Flat = "flat";

    public List<LoopChoice> Choices { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>Depth z of the picture, above 0 everywhere.</summary>
    /// <exception cref="Depth3DException">The file or model is missing or unfit.</exception>
    public Raster<float> Read(CancellationToken cancellation)
    {
        var method = context.Options.Prior.Method;
        if (method == Flat) return FlatDepth();
        if (method.StartsWith(FileSource, StringComparison.Ordinal)) return FromFile(method[FileSource.Length..]);
        if (method.StartsWith(FolderSource, StringComparison.Ordinal)) return FromFolder(method[FolderSource.Length..]);
        if (method.StartsWith("onnx:", StringComparison.Ordinal) || method.StartsWith("torchscript:", StringComparison.Ordinal)) return ByModel(method, cancellation);
        throw new Depth3DException($"depth '{method}' is not for a fixed camera", "--depth", "give flat, onnx:NAME, torchscript:NAME, file:PATH or dir:PATH", FailureKind.Usage);
    }

    private Raster<float> FlatDepth()
    {
        Choices.Add(new LoopChoice("depth", "flat", "asked for; the loop is a picture to look at, not to look around in"));
        var depth = new Raster<float>(view.Width, view.Height);
        Array.Fill(depth.Samples, 1);
        return depth;
    }

    private Raster<float> ByModel(string method, CancellationToken cancellation)
    {
        using var estimator = DepthEstimator.Open(method, InferenceRung.Of(context));
        var values = estimator.Estimate(picture, cancellation);
        Warnings.AddRange(estimator.Warnings);
        Warnings.AddRange(ModelNotes.Warnings(estimator.Card));
        Choices.Add(new LoopChoice("depth", method, $"model {estimator.Card.Name} ({ModelNotes.Describe(estimator.Card)}) on the middle picture of the clip"));
        if (estimator.Kind == OutputKind.Depth) return Invert(Invert(values));
        Choices.Add(new LoopChoice("depth range", string.Create(CultureInfo.InvariantCulture, $"1 to {GuessedRange:0.#}"), "the model's disparity is relative: its range is a guess"));
        return FromRelativeDisparity(values);
    }

    /// <summary>The 1st and 99th percentile of disparity become 1 / range and 1, others follow the line as far as depth stays positive.</summary>
    private Raster<float> FromRelativeDisparity(Raster<float> values)
    {
        double low = OrderStatistics.LowerQuantile(values.Samples.Select(v => (double)v), 0.01), high = OrderStatistics.LowerQuantile(values.Samples.Select(v => (double)v), 0.99);
        if (!(high > low))
        {
            Warnings.Add("the depth model sees no depth in this picture: the loop is flat");
            return FlatDepth();
        }

        var disparity = new Raster<float>(values.Width, values.Height, 1, Array.ConvertAll(values.Samples,
            v => (float)Math.Clamp((1 / GuessedRange) + ((v - low) / (high - low) * (1 - (1 / GuessedRange))), 0.5 / GuessedRange, 1.5)));
        return Invert(disparity);
    }

    private Raster<float> FromFile(string path)
    {
        Choices.Add(new LoopChoice("depth", Path.GetFileName(path), "given"));
        return Fitted(ReadMap(path), path);
    }

    private Raster<float> FromFolder(string folder)
    {
        if (!Directory.Exists(folder)) throw new Depth3DException("the folder of depth maps does not exist", folder, "check the path after --depth dir:");
        var files = Directory.GetFiles(folder).Where(IsMap).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0) throw new Depth3DException("holds no depth map", folder, "give NPY, EXR or 16-bit PNG files");
        Choices.Add(new LoopChoice("depth", Path.GetFileName(folder), $"given: the middle of {files.Length} maps"));
        var maps = files.Select(file => Fitted(ReadMap(file), file)).ToArray();
        var middle = new Raster<float>(view.Width, view.Height);
        for (var i = 0; i < middle.Samples.Length; i++) middle.Samples[i] = (float)OrderStatistics.UpperMedian(maps.Select(map => (double)map.Samples[i]));
        return middle;
    }

    private static bool IsMap(string path) => Path.GetExtension(path).ToUpperInvariant() is ".NPY" or ".EXR" or ".PNG";

    /// <summary>Depth: NPY and EXR hold z, a 16-bit PNG disparity, near is white.</summary>
    private Raster<float> ReadMap(string path)
    {
        if (!File.Exists(path)) throw new Depth3DException("the depth map does not exist", path, "check the path after --depth");
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".NPY" => FromNpy(path),
            ".EXR" => FromExr(path),
            ".PNG" => FromRelativeDisparity(FromPng(path)),
            _ => throw new Depth3DException("is no depth map", path, "give NPY (f32 [H, W], z), EXR (channel Z) or a 16-bit PNG (disparity, near is white)"),
        };
    }

    private static Raster<float> FromNpy(string path)
    {
        var array = Npy.Read(path);
        if (array.DType != DType.Float32 || array.Shape.Count != 2)
            throw new Depth3DException($"{array.DType} [{string.Join(", ", array.Shape)}]; expected f32 [H, W]", path, "save it as float32");
        return array.ToRaster<float>();
    }

    private static Raster<float> FromExr(string path)
    {
        var planes = Exr.Read(path).Channels;
        var depth = planes.FirstOrDefault(p => p.Channel is "Z" or "depth.Z" or "Y").Plane;
        return depth ?? throw new Depth3DException($"has no channel Z; it has {string.Join(", ", planes.Select(p => p.Channel))}", path, "save depth as channel Z");
    }

    private static Raster<float> FromPng(string path)
    {
        var code = ImageFile.ReadGray16(path);
        return new Raster<float>(code.Width, code.Height, 1, Array.ConvertAll(code.Samples, v => (float)v));
    }

    private Raster<float> Fitted(Raster<float> depth, string path)
    {
        var bad = Array.FindIndex(depth.Samples, z => !(z > 0) || !float.IsFinite(z));
        if (bad >= 0)
        {
            throw new Depth3DException($"holds depth {depth.Samples[bad]} at pixel ({bad % depth.Width}, {bad / depth.Width}); expected finite and above 0 everywhere", path,
                "fill holes and cut off infinite depth first");
        }

        if (Math.Abs(((double)depth.Width / depth.Height * view.Height / view.Width) - 1) > 0.02)
            throw new Depth3DException($"{depth.Width}x{depth.Height} has another aspect than the clip's {view.Width}x{view.Height}", path, "give the depth of the whole picture, not cropped");
        return (depth.Width, depth.Height) == (view.Width, view.Height) ? depth : Invert(Resize.Linear(Invert(depth), view.Width, view.Height));
    }

    private static Raster<float> Invert(Raster<float> values) =>
        new(values.Width, values.Height, 1, Array.ConvertAll(values.Samples, v => 1 / Math.Max(v, 1e-6f)));
}
