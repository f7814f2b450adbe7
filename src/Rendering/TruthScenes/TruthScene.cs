using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// A scene of which everything is known: a closed room of textured primitives, bodies that move rigidly, and a camera. World axes are
/// OpenCV's (x right, y down, z forward), the ground is y = 0, one unit is a metre; time counts in frames at 24 per second.
/// </summary>
public sealed class TruthScene
{
    /// <summary>Focal length as a share of the picture's width: a horizontal view of 58 degrees.</summary>
    private const double FocalPerWidth = 0.9;

    private static readonly (string Name, Func<int, TruthCameraMotion, TruthScene> Make, TruthCameraMotion Own)[] Makers =
    [
        ("courtyard", (frames, motion) => Courtyard(frames, motion), TruthCameraMotion.Arc),
        ("room", RoomScene.Make, TruthCameraMotion.Arc),
        ("boxes", BoxesScene.Make, TruthCameraMotion.Arc),
        ("walker", WalkerScene.Make, TruthCameraMotion.Arc),
        ("near-static", NearStaticScene.Make, TruthCameraMotion.Handheld),
    ];

    private readonly Func<double, RigidTransform> _camFromWorld;

    internal TruthScene(string name, int frameCount, TruthCameraMotion motion, IReadOnlyList<TruthBody> bodies,
        Func<double, RigidTransform> camFromWorld)
    {
        if (frameCount is < 1 or > 100_000)
            throw new Depth3DException($"a truth scene has 1 to 100000 frames, not {frameCount}", remedy: "give --frames 48", kind: FailureKind.Usage);
        Name = name;
        FrameCount = frameCount;
        Motion = motion;
        Bodies = bodies;
        _camFromWorld = camFromWorld;
    }

    public string Name { get; }
    public int FrameCount { get; }
    public TruthCameraMotion Motion { get; }
    public double FramesPerSecond => 24;

    /// <summary>Body 0 stands still, all others move.</summary>
    internal IReadOnlyList<TruthBody> Bodies { get; }

    /// <summary>
    /// A paved courtyard with brick and plaster walls, pillars, crates and a bench; a figure walks and turns on the ground and a ball bounces
    /// (in the air except at frame 24). A shorter clip is the beginning of a longer one.
    /// </summary>
    public static TruthScene Courtyard(int frames, TruthCameraMotion motion = TruthCameraMotion.Arc, bool movingObjects = true) =>
        CourtyardScene.Make(frames, motion, movingObjects);

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Select(m => m.Name)];

    /// <summary>Scene by name, as the command line gives it; a shorter clip is the beginning of a longer one.</summary>
    /// <param name="motion">How the camera moves; null for the scene's own way.</param>
    /// <exception cref="Depth3DException">There is no such scene, or the number of frames makes no sense.</exception>
    public static TruthScene Named(string name, int frames, TruthCameraMotion? motion = null)
    {
        var (found, make, own) = Makers.FirstOrDefault(m => m.Name == name);
        return found is null
            ? throw new Depth3DException($"no truth scene is called '{name}'", remedy: $"give --scene {string.Join(", ", Names)}", kind: FailureKind.Usage)
            : make(frames, motion ?? own);
    }

    public Intrinsics Intrinsics(int width, int height) =>
        Reconstruction.Cameras.Intrinsics.Centered(FocalPerWidth * width, FocalPerWidth * width, width, height);

    public RigidTransform CamFromWorld(int frameIndex) => _camFromWorld(frameIndex);

    /// <summary>The exact cameras at a picture size, in scene units.</summary>
    public CameraTrack Cameras(int width, int height) => new(
        Intrinsics(width, height),
        [.. Enumerable.Range(0, FrameCount).Select(i => new FrameCamera(CamFromWorld(i)))],
        Motion switch
        {
            TruthCameraMotion.Arc or TruthCameraMotion.Handheld => CameraMotion.Parallax,
            TruthCameraMotion.RotationOnly => CameraMotion.RotationOnly,
            _ => CameraMotion.Static,
        },
        "truth", "exact cameras of a truth scene");
}
