using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Render.Exports.Clouds;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;

namespace Depth3D.Nodes.Render.Exports;

/// <summary>A finished run in the unit of the export, with what only exports need of it. Used by one thread at a time.</summary>
internal sealed class ExportScene : ISceneClip
{
    private readonly IArtifactReader _files;
    private readonly RenderInputs _inputs;
    private readonly RunScene _run;
    private readonly ExportOptions _options;
    private readonly DepthConfidence _confidence;
    private (int FrameIndex, Raster<float> Map)? _latest;
    private ExportCloud? _static;

    private ExportScene(IArtifactReader files, DepthOptions options)
    {
        _options = options.Export ?? throw new Depth3DException("no export was asked for", kind: FailureKind.Usage);
        ExportFormats.Check(_options);
        _files = JoinedReader.Of(files);
        _inputs = new RenderInputs(_files);
        _run = RunScene.Open(files);
        _confidence = new DepthConfidence(this);
        Colours = RenderOptions.ColourMap(options.Output);
        var run = _run.DepthRange;
        DepthRange = new DepthRange(run.Near * Scale, run.Median * Scale, run.Far * Scale);
        var code = InverseDepthCode.Of(_inputs.Train, run);
        Code = new InverseDepthCode(code.NearDepth * Scale, code.FarDepth * Scale);
    }

    public string Name => _run.Name;

    public int FrameCount => _run.FrameCount;

    public double FramesPerSecond => _run.FramesPerSecond;

    public Intrinsics Intrinsics => _run.Intrinsics;

    public DepthRange DepthRange { get; }

    public double Scale => _options.Scale;

    /// <summary>One unit of depth, of camera positions and of points, in words.</summary>
    public string Unit => (_options.Unit, _options.Scale) switch
    {
        ("", 1) => DepthConventions.Unit,
        ("", var s) => FormattableString.Invariant($"{s} of these in one clip unit, which has one unknown scale for the whole clip"),
        (var unit, var s) => FormattableString.Invariant($"{unit}; {s} of these in one clip unit, as was given"),
    };

    /// <summary>16-bit and 10-bit codes of inverse depth, one range for the clip.</summary>
    public InverseDepthCode Code { get; }

    public ColourMap Colours { get; }

    /// <summary>How the cameras were found.</summary>
    public string CameraSource => _inputs.Cameras.Source;

    /// <exception cref="Depth3DException">A file of the run is missing or damaged, or the options make no sense.</exception>
    public static ExportScene Open(IArtifactReader files, DepthOptions options) => new(files, options);

    public bool IsRegistered(int frameIndex) => _inputs.Cameras.Frames[frameIndex].Registered;

    /// <summary>Seconds from the first frame.</summary>
    public double Seconds(int frameIndex) =>
        frameIndex < _inputs.Frames.TimestampsSeconds.Count ? _inputs.Frames.TimestampsSeconds[frameIndex] : frameIndex / FramesPerSecond;

    public RigidTransform CamFromWorld(int frameIndex) => Scaled(_run.CamFromWorld(frameIndex));

    public RigidTransform WorldFromCam(int frameIndex) => CamFromWorld(frameIndex).Inverse();

    public Raster<byte> Rgb(int frameIndex) => _run.Rgb(frameIndex);

    public Raster<float> Depth(int frameIndex) => Scaled(_run.Depth(frameIndex));

    /// <summary>Before the joint optimisation, same unit.</summary>
    public Raster<float> Prior(int frameIndex) => Scaled(_inputs.Prior(frameIndex));

    public bool HasPrior(int frameIndex) => _files.Exists(Stages.Prior, Artifacts.Prior(frameIndex));

    /// <summary>0 to 1, see <see cref="DepthConfidence"/>; shared, not to be written to.</summary>
    public Raster<float> Confidence(int frameIndex)
    {
        if (_latest?.FrameIndex != frameIndex) _latest = (frameIndex, _confidence.Of(frameIndex));
        return _latest.Value.Map;
    }

    /// <summary>What stands still in all frames; made once, not to be written to.</summary>
    public ExportCloud Static(IProgress<double> progress, CancellationToken cancellation) => _static ??= StaticCloud.Make(this, progress, cancellation);

    public Raster<byte> Moving(int frameIndex) => _run.Moving(frameIndex);

    /// <summary>Disparity in colour, one range for the clip.</summary>
    public Raster<byte> DepthColour(Raster<float> depth)
    {
        var disparity = new Raster<float>(depth.Width, depth.Height);
        for (var i = 0; i < disparity.Samples.Length; i++) disparity.Samples[i] = 1 / depth.Samples[i];
        var (min, max) = DepthRange.ColourDisparity();
        return Colours.Apply(disparity, min, max);
    }

    /// <summary>Measured motion to the next frame, working size; null for the last frame and where none was measured.</summary>
    public ForwardMotion? Motion(int frameIndex)
    {
        if (frameIndex + 1 >= FrameCount) return null;
        var name = Artifacts.Flow(frameIndex, frameIndex + 1);
        return _files.Exists(Stages.Flow, name)
            ? ForwardMotion.Read(_files.PathOf(Stages.Flow, name), _inputs.Frames)
            : null;
    }

    private RigidTransform Scaled(RigidTransform camera) => camera with { Translation = camera.Translation * Scale };

    private Raster<float> Scaled(Raster<float> depth)
    {
        if (Scale == 1) return depth;
        var scale = (float)Scale;
        for (var i = 0; i < depth.Samples.Length; i++) depth.Samples[i] *= scale;
        return depth;
    }
}
