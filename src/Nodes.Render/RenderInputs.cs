using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Render;

/// <summary>What earlier stages left for the render stages, each file checked against the clip's size.</summary>
internal sealed class RenderInputs
{
    private readonly IArtifactReader _inputs;

    public RenderInputs(IArtifactReader inputs)
    {
        inputs = _inputs = JoinedReader.Of(inputs);
        Frames = ReadFrames(inputs);
        Train = StageJson.Read<TrainInfo>(inputs.PathOf(Stages.Train, Artifacts.TrainIndex));
        // A camera of another size than the frames would misplace every point without anyone noticing.
        Cameras = inputs.Exists(Stages.Train, Artifacts.RefinedCameras)
            ? CameraArtifacts.Read(inputs, Stages.Train, Artifacts.RefinedCameras, Frames.Count)
            : CameraArtifacts.Read(inputs, Stages.Sequence, Artifacts.ScaledCameras, Frames.Count);
        if (Cameras.Intrinsics.Width != Frames.Width || Cameras.Intrinsics.Height != Frames.Height)
            Cameras = Cameras with { Intrinsics = Cameras.Intrinsics.ScaledTo(Frames.Width, Frames.Height) };
    }

    public FramesInfo Frames { get; }

    public TrainInfo Train { get; }

    /// <summary>In the unit of the depth maps, at working size.</summary>
    public CameraTrack Cameras { get; }

    /// <exception cref="Depth3DException">The index is missing or makes no sense.</exception>
    public static FramesInfo ReadFrames(IArtifactReader inputs)
    {
        var path = inputs.PathOf(Stages.Frames, Artifacts.FramesIndex);
        var frames = StageJson.Read<FramesInfo>(path);
        if (frames.Count < 1 || frames.Width < 1 || frames.Height < 1 || frames.FramesPerSecond is not (> 0 and <= 1000))
        {
            throw DamagedArtifact.At(path,
                $"{frames.Count} frames of {frames.Width}x{frames.Height} at {frames.FramesPerSecond} per second cannot be rendered");
        }

        return frames;
    }

    public Raster<byte> Rgb(int frame)
    {
        var path = _inputs.PathOf(Stages.Frames, Artifacts.Frame(frame));
        return Sized(ImageFile.ReadRgb(path), path);
    }

    public Raster<float> Prior(int frame) => Depth(Stages.Prior, Artifacts.Prior(frame));

    public Raster<float> Refined(int frame) => Depth(Stages.Train, Artifacts.Refined(frame));

    private Raster<float> Depth(StageName stage, string name) => DepthAt(_inputs.PathOf(stage, name), Frames);

    /// <exception cref="Depth3DException">The file is no depth map of the clip's size.</exception>
    public static Raster<float> DepthAt(string path, FramesInfo frames)
    {
        var array = Npy.Read(path);
        if (array.DType != DType.Float32 || array.Shape.Count != 2)
            throw DamagedArtifact.At(path, $"{array.DType} of shape ({string.Join(", ", array.Shape)}), f32 [H, W] was expected");
        var depth = Sized(array.ToRaster<float>(), frames, path);
        foreach (var z in depth.Samples)
            if (!(z > 0) || !float.IsFinite(z)) throw DamagedArtifact.At(path, $"a depth of {z}, positive finite numbers were expected");
        return depth;
    }

    private Raster<T> Sized<T>(Raster<T> raster, string path) where T : unmanaged => Sized(raster, Frames, path);

    /// <exception cref="Depth3DException">The raster is not of the clip's working size.</exception>
    public static Raster<T> Sized<T>(Raster<T> raster, FramesInfo frames, string path) where T : unmanaged =>
        raster.Width == frames.Width && raster.Height == frames.Height
            ? raster
            : throw DamagedArtifact.At(path, $"{raster.Width}x{raster.Height}, the clip's working size is {frames.Width}x{frames.Height}");
}
