using Depth3D.Imaging;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Exports;

/// <summary>Where every pixel goes by the next frame, as the flow stage measured it.</summary>
/// <param name="Pixels">Two channels: u to the right, v down, pixels of this size.</param>
/// <param name="Valid">1 where flow there and back agree, 0 elsewhere.</param>
internal sealed record ForwardMotion(Raster<float> Pixels, Raster<float> Valid)
{
    /// <summary>Flow is measured at training size; it is interpolated to working size.</summary>
    /// <exception cref="Messages.Depth3DException">The file is no flow of training size.</exception>
    public static ForwardMotion Read(string path, FramesInfo frames)
    {
        int[] size = [frames.TrainHeight, frames.TrainWidth];
        var arrays = Npz.Read(path);
        if (!arrays.TryGetValue("flow_1_2", out var flow) || !arrays.TryGetValue("valid_1", out var valid)
            || !flow.Shape.SequenceEqual([.. size, 2]) || !valid.Shape.SequenceEqual(size))
            throw DamagedArtifact.At(path, $"no flow of {frames.TrainWidth}x{frames.TrainHeight}");
        var sure = Array.ConvertAll(valid.As<byte>().ToArray(), v => v == 0 ? 0f : 1f);
        return new ForwardMotion(
            Resize.Flow(flow.ToRaster<float>(), frames.Width, frames.Height),
            Resize.Nearest(new Raster<float>(frames.TrainWidth, frames.TrainHeight, 1, sure), frames.Width, frames.Height));
    }
}
