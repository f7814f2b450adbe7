using Depth3D.Imaging;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>Where depth and cameras do not explain the flow of a frame, as maps of training size; NaN at moving pixels and without flow.</summary>
/// <param name="FlowPixels">Distance between predicted and measured target, pixels.</param>
/// <param name="LogDepth">|log z - log z'| between the frame's depth, carried over, and the other frame's.</param>
internal sealed record ResidualMaps(Raster<float> FlowPixels, Raster<float> LogDepth)
{
    /// <param name="correction">Log correction by frame; null for the prior itself.</param>
    public static ResidualMaps Of(TrainingClip clip, int frame, IReadOnlyList<FrameCorrection>? correction)
    {
        var maps = new ResidualMaps(new Raster<float>(clip.Width, clip.Height), new Raster<float>(clip.Width, clip.Height));
        maps.FlowPixels.Samples.AsSpan().Fill(float.NaN);
        maps.LogDepth.Samples.AsSpan().Fill(float.NaN);
        if (FlowOf(clip, frame) is not { } flow) return maps;
        var pose = clip.CamFromWorld[flow.To] * clip.CamFromWorld[frame].Inverse();
        Parallel.ForEach(clip.StaticPixels[frame], pixel =>
        {
            if (StaticResidual.At(clip, flow, pose, pixel, correction) is not { } residual) return;
            maps.FlowPixels.Samples[pixel] = (float)residual.FlowPixels;
            maps.LogDepth.Samples[pixel] = (float)residual.LogDepth;
        });
        return maps;
    }

    /// <summary>A held-out pair if the frame has one, else its longest trained one.</summary>
    private static DirectedFlow? FlowOf(TrainingClip clip, int frame) =>
        Array.Find(clip.HeldOut, f => f.From == frame) ?? clip.FlowsFrom[frame].MaxBy(f => Math.Abs(f.To - f.From));
}
