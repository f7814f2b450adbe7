using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary>What the priors without a model read of a clip.</summary>
internal sealed class PriorClip(StageContext context, FramesInfo frames)
{
    public ClipFlow Flow { get; } = new(context.Inputs, frames.Count, context.Options.Flow.Gaps);

    public CameraTrack Cameras { get; } = ClipInputs.Cameras(context.Inputs);

    /// <summary>At training size.</summary>
    public CameraTrack TrainCameras => Cameras with { Intrinsics = Cameras.Intrinsics.ScaledTo(frames.TrainWidth, frames.TrainHeight) };

    public Raster<byte> Rgb(int frame) => ImageFile.ReadRgb(context.Inputs.PathOf(Stages.Frames, Artifacts.Frame(frame)));

    public Raster<byte> Mask(int frame) => ImageFile.ReadGray(context.Inputs.PathOf(Stages.Masks, Artifacts.Mask(frame)));

    /// <summary>At training size: any moving pixel makes its training pixel moving, grown by one, since flow smears edges.</summary>
    public Raster<byte> TrainMask(int frame)
    {
        var area = Resize.Area(Mask(frame), frames.TrainWidth, frames.TrainHeight);
        for (var i = 0; i < area.Samples.Length; i++) area.Samples[i] = area.Samples[i] > 12 ? (byte)255 : (byte)0;
        return Filters.Dilate(area, 1);
    }
}
