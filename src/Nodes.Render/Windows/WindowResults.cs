using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Render.Windows;

/// <summary>What the earlier stages left of one window of a long clip, by the clip's frames.</summary>
internal sealed class WindowResults
{
    private readonly WindowReader _inputs;

    public WindowResults(IArtifactReader clip, ClipWindow window)
    {
        _inputs = new WindowReader(clip, window);
        Window = window;
        Frames = RenderInputs.ReadFrames(_inputs);
        IsRefined = _inputs.Exists(Stages.Train, Artifacts.RefinedCameras);
        Cameras = IsRefined
            ? CameraArtifacts.Read(_inputs, Stages.Train, Artifacts.RefinedCameras, window.Count)
            : CameraArtifacts.Read(_inputs, Stages.Sequence, Artifacts.ScaledCameras, window.Count);
    }

    public ClipWindow Window { get; }

    public FramesInfo Frames { get; }

    /// <summary>Cameras were corrected together with the depth.</summary>
    public bool IsRefined { get; }

    /// <summary>In the window's unit and world.</summary>
    public CameraTrack Cameras { get; }

    public TrainInfo Train => StageJson.Read<TrainInfo>(_inputs.PathOf(Stages.Train, Artifacts.TrainIndex));

    public SequenceInfo Sequence => StageJson.Read<SequenceInfo>(_inputs.PathOf(Stages.Sequence, Artifacts.Sequence));

    public PriorInfo Prior => StageJson.Read<PriorInfo>(_inputs.PathOf(Stages.Prior, Artifacts.PriorIndex));

    public MasksInfo Masks => StageJson.Read<MasksInfo>(_inputs.PathOf(Stages.Masks, Artifacts.MasksIndex));

    public FrameCamera Camera(int frame) => Cameras.Frames[frame - Window.First];

    public Raster<float> Refined(int frame) => Read(Stages.Train, Artifacts.Refined(frame - Window.First));

    public Raster<float> PriorDepth(int frame) => Read(Stages.Prior, Artifacts.Prior(frame - Window.First));

    public Raster<byte> Mask(int frame)
    {
        var path = _inputs.PathOf(Stages.Masks, Artifacts.Mask(frame - Window.First));
        return RenderInputs.Sized(ImageFile.ReadGray(path), Frames, path);
    }

    private Raster<float> Read(Messages.StageName stage, string name)
    {
        var path = _inputs.PathOf(stage, name);
        return RenderInputs.DepthAt(path, Frames);
    }
}
