using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// A scene with one thing that moves and repeats exactly, before surroundings that stand still, filmed by cameras that stand still: one after another, so
/// every camera sees another moment of the loop first. World axes are OpenCV's (x right, y down, z forward), the ground is y = 0, one unit is a metre.
/// </summary>
public sealed class TruthLoop
{
    private const double FocalPerWidth = 0.9;

    /// <summary>Where the cameras stand beside the middle one, metres; the middle one is view 2.</summary>
    private static readonly Vec3[] Offsets =
        [new(-0.36, 0.06, 0.03), new(-0.17, -0.08, -0.02), new(0.02, 0.01, 0), new(0.19, 0.08, 0.04), new(0.38, -0.05, -0.03), new(0.05, -0.2, 0.02), new(-0.06, 0.17, -0.04)];

    private readonly TruthBody _still;
    private readonly Func<double, TruthBody> _moving;
    private readonly Vec3 _eye;
    private readonly Vec3 _lookAt;

    private TruthLoop(string name, int period, int views, (TruthBody Still, Func<double, TruthBody> Moving, Vec3 Eye, Vec3 LookAt) parts)
    {
        if (period is < 2 or > 1000) throw new Depth3DException($"a period of {period} frames; 2 to 1000 are possible", name, kind: FailureKind.Usage);
        if (views < 1 || views > Offsets.Length) throw new Depth3DException($"{views} views; 1 to {Offsets.Length} are possible", name, kind: FailureKind.Usage);
        (Name, PeriodFrames, Views) = (name, period, views);
        (_still, _moving, _eye, _lookAt) = parts;
    }

    public static IReadOnlyList<string> Names { get; } = ["flag", "water"];

    /// <summary>The view that no one trains on when one is held out: in the middle of the others.</summary>
    public static int MiddleView => 2;

    public string Name { get; }

    /// <summary>Frames after which everything is as it was; nothing less will do.</summary>
    public int PeriodFrames { get; }

    public int Views { get; }

    public double FramesPerSecond => 25;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="Depth3DException">There is no such loop, or the numbers make no sense.</exception>
    public static TruthLoop Named(string name, int periodFrames = 30, int views = 5) => name switch
    {
        "flag" => new(name, periodFrames, views, (FlagScene.Still, FlagScene.Moving, FlagScene.Eye, FlagScene.LookAt)),
        "water" => new(name, periodFrames, views, (WaterScene.Still, WaterScene.Moving, WaterScene.Eye, WaterScene.LookAt)),
        _ => throw new Depth3DException($"no truth loop is called '{name}'", remedy: $"give one of {string.Join(", ", Names)}", kind: FailureKind.Usage),
    };

    /// <summary>The same for all cameras.</summary>
    public static Intrinsics Intrinsics(int width, int height) =>
        Reconstruction.Cameras.Intrinsics.Centered(FocalPerWidth * width, FocalPerWidth * width, width, height);

    public RigidTransform CamFromWorld(int view)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(view, Views);
        var eye = _eye + Offsets[view];
        var z = (_lookAt + (Offsets[view] * 0.4) - eye).Normalized;
        var x = new Vec3(0, 1, 0).Cross(z).Normalized;
        var rotation = Mat3.FromRows(x, z.Cross(x), z);
        return new RigidTransform(rotation, -(rotation * eye));
    }

    /// <summary>One camera for every view, in this order.</summary>
    public CameraTrack Cameras(int width, int height) => new(Intrinsics(width, height),
        [.. Enumerable.Range(0, Views).Select(v => new FrameCamera(CamFromWorld(v)))], CameraMotion.Parallax, "truth", "exact cameras of a truth loop");

    /// <summary>Moment at which a view's recording begins, in frames; any two views are apart by a part of the period that is no whole frame.</summary>
    public double StartOf(int view) => view * (PeriodFrames * 0.37 + 0.3) % PeriodFrames;

    /// <summary>What a view sees at a moment.</summary>
    /// <param name="time">In frames; moments a period apart give the same bytes.</param>
    /// <exception cref="Depth3DException">The size is not between 8 and 8192 pixels.</exception>
    public TruthFrame Render(int view, double time, int width, int height) => Render(CamFromWorld(view), time, Intrinsics(width, height));

    /// <summary>What any camera sees at a moment.</summary>
    public TruthFrame Render(RigidTransform camFromWorld, double time, Intrinsics intrinsics)
    {
        var phase = time / PeriodFrames;
        var moment = new TruthScene(Name, 1, TruthCameraMotion.Static, [_still, _moving(phase - Math.Floor(phase))], _ => camFromWorld);
        return TruthRenderer.Render(moment, 0, intrinsics, camFromWorld);
    }

    /// <summary>The recording of a view: RGB frames from <see cref="StartOf"/> on.</summary>
    public IReadOnlyList<Raster<byte>> Recording(int view, int frames, int width, int height)
    {
        var period = Enumerable.Range(0, Math.Min(frames, PeriodFrames)).Select(i => Render(view, StartOf(view) + i, width, height).Rgb).ToArray();
        return [.. Enumerable.Range(0, frames).Select(i => period[i % PeriodFrames])];
    }
}
