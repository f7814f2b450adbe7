using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;

namespace Depth3D.Nodes.Render;

/// <summary>
/// A run as effects, exports and viewers see it: optimised depth, the cameras that fit it, masks, pictures. A long clip is shown as one. Safe to
/// use by several threads, each map read anew.
/// </summary>
public sealed class RunScene : ISceneClip
{
    /// <summary>A camera this far from a rotation bends everything it shows; what arithmetic leaves is far below.</summary>
    private const double MostSkew = 1e-4;

    /// <summary>Longer lenses than this many picture widths exist for nobody; such a camera was not solved but diverged.</summary>
    private const double MostFocalWidths = 200;

    private readonly RenderInputs _inputs;
    private readonly IArtifactReader _files;
    private readonly Lazy<DepthRange> _range;

    private RunScene(IArtifactReader files)
    {
        _files = JoinedReader.Of(files);
        _inputs = new RenderInputs(_files);
        Check(_inputs.Cameras);
        _range = new Lazy<DepthRange>(() => ClipDepthRange.Measure(_inputs, CancellationToken.None));
    }

    public string Name => _inputs.Frames.SourceName;

    public int FrameCount => _inputs.Frames.Count;

    public double FramesPerSecond => _inputs.Frames.FramesPerSecond;

    public Intrinsics Intrinsics => _inputs.Cameras.Intrinsics;

    public DepthRange DepthRange => _range.Value;

    /// <param name="files">Accepted files of stages frames, masks, sequence and train; align and merge for a long clip.</param>
    /// <exception cref="Depth3DException">A file is missing or damaged, or the cameras make no sense.</exception>
    public static RunScene Open(IArtifactReader files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new RunScene(files);
    }

    public RigidTransform CamFromWorld(int frameIndex) => _inputs.Cameras.Frames[frameIndex].CamFromWorld;

    public Raster<byte> Rgb(int frameIndex) => _inputs.Rgb(frameIndex);

    public Raster<float> Depth(int frameIndex) => _inputs.Refined(frameIndex);

    /// <summary>Nothing moves where the masks stage wrote none.</summary>
    public Raster<byte> Moving(int frameIndex)
    {
        var name = Artifacts.Mask(frameIndex);
        if (!_files.Exists(Stages.Masks, name)) return new Raster<byte>(_inputs.Frames.Width, _inputs.Frames.Height);
        var path = _files.PathOf(Stages.Masks, name);
        return RenderInputs.Sized(ImageFile.ReadGray(path), _inputs.Frames, path);
    }

    private static void Check(CameraTrack cameras)
    {
        var k = cameras.Intrinsics;
        if (Math.Max(k.Fx, k.Fy) > MostFocalWidths * Math.Max(k.Width, k.Height))
        {
            throw new Depth3DException(FormattableString.Invariant($"the focal length is {Math.Max(k.Fx, k.Fy):g4} pixels at {k.Width}x{k.Height}"), "cameras",
                "the cameras of this run diverged: run it again with --focal PIXELS or other --cameras");
        }

        for (var frame = 0; frame < cameras.Frames.Count; frame++)
        {
            var skew = Skew(cameras.Frames[frame].CamFromWorld.Rotation);
            if (!(skew <= MostSkew))
            {
                throw new Depth3DException(FormattableString.Invariant($"the rotation is {skew:g2} away from orthonormal; at most {MostSkew} was expected"),
                    $"camera of frame {frame}", "the cameras of this run were changed from outside: run it again with --fresh", FailureKind.Storage);
            }
        }
    }

    /// <summary>Longest column of <c>R Rᵀ - I</c>; 0 for a rotation.</summary>
    private static double Skew(Mat3 r)
    {
        var product = r * r.Transposed;
        return Enumerable.Range(0, 3).Max(i => (product.Column(i) - Mat3.Identity.Column(i)).Length);
    }
}
