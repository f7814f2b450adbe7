using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary><c>dir:PATH</c>: depth maps somebody else made, one NPY per frame, named as <see cref="Artifacts.Prior"/> or taken in the order of their names.</summary>
internal sealed class DirPriorMethod(string folder) : IPriorMethod
{
    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames) => [new PlannedTask("given prior")];

    public Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            throw new Depth3DException("the folder of depth maps does not exist", folder, "check the path after --prior dir:");
        var files = Directory.GetFiles(folder, "*.npy").Order(StringComparer.Ordinal).ToArray();
        if (files.Length != frames.Count)
        {
            throw new Depth3DException($"{files.Length} NPY depth maps for {frames.Count} frames", folder,
                "give one f32 [H, W] file per kept frame, in the order of their names");
        }

        for (var i = 0; i < frames.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Npy.Write(context.Output(Artifacts.Prior(i)), Read(files[i], i, frames));
            context.Progress.Report(new StageProgress((i + 1.0) / frames.Count, "given prior"));
        }

        StageJson.Write(context.Output(Artifacts.PriorIndex), new PriorInfo($"dir:{Path.GetFileName(folder)}", "given by --prior dir:", []));
        return Task.CompletedTask;
    }

    private static Raster<float> Read(string file, int frame, FramesInfo frames)
    {
        var array = Npy.Read(file);
        if (array.DType != DType.Float32 || array.Shape.Count != 2)
            throw new Depth3DException($"{array.DType} [{string.Join(", ", array.Shape)}]; expected f32 [H, W]", file, "save it as float32, one map per file");
        var depth = array.ToRaster<float>();
        var bad = Array.FindIndex(depth.Samples, z => !(z > 0) || !float.IsFinite(z));
        if (bad >= 0)
        {
            throw new Depth3DException(
                $"holds depth {depth.Samples[bad]} at pixel ({bad % depth.Width}, {bad / depth.Width}) of frame {frame}; expected finite and above 0 everywhere",
                file, "fill holes and cut off infinite depth first");
        }

        if ((depth.Width, depth.Height) == (frames.Width, frames.Height)) return depth;
        if (Math.Abs(((double)depth.Width / depth.Height * frames.Height / frames.Width) - 1) > 0.02)
        {
            throw new Depth3DException($"{depth.Width}x{depth.Height} has another aspect than the frames' {frames.Width}x{frames.Height}", file,
                "give depth maps of whole frames, not cropped");
        }

        return Resized(depth, frames.Width, frames.Height);
    }

    /// <summary>In disparity, so that no depth between near and far appears at edges (spec 9.13).</summary>
    private static Raster<float> Resized(Raster<float> depth, int width, int height)
    {
        var inverse = depth.Clone();
        for (var i = 0; i < inverse.Samples.Length; i++) inverse.Samples[i] = 1 / inverse.Samples[i];
        inverse = Resize.Linear(inverse, width, height);
        for (var i = 0; i < inverse.Samples.Length; i++) inverse.Samples[i] = 1 / inverse.Samples[i];
        return inverse;
    }
}
