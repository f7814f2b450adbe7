using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Cameras;
using Depth3D.Nodes.Preprocess.Tests.Models;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Preprocess.Tests.Cameras;

public sealed class CamerasStageTests : IDisposable
{
    private const int Width = 96, Height = 64, Frames = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("cameras-stage").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AStandingCameraNeedsNoSolver()
    {
        using var run = Clip().WithStillFlow().WithEmptyMasks();
        await run.Execute(new CamerasStage());
        var track = CameraTrack.Load(run.PathOf(Stages.Cameras, Artifacts.Cameras));
        Assert.Equal(CameraMotion.Static, track.Motion);
        Assert.Equal(Frames, track.Frames.Count);
        Assert.All(track.Frames, f => Assert.Equal(RigidTransform.Identity, f.CamFromWorld));
        Assert.Contains("static camera", track.Verdict, StringComparison.Ordinal);
        Assert.False(run.Exists(Stages.Cameras, Artifacts.SparsePoints));
    }

    [Fact]
    public async Task ASlowPanIsATurn()
    {
        using var run = Clip().WithFlow((_, gap) => 0.8f * gap);
        run.Options = run.Options with { Cameras = new CamerasOptions { FocalPixels = 900 } };
        await run.Execute(new CamerasStage());
        var track = CameraTrack.Load(run.PathOf(Stages.Cameras, Artifacts.Cameras));
        Assert.Equal(CameraMotion.RotationOnly, track.Motion);
        Assert.Equal(900, track.Intrinsics.Fx, 1e-6);
        var turn = Rotations.AngleBetween(track.Frames[0].CamFromWorld.Rotation, track.Frames[^1].CamFromWorld.Rotation);
        Assert.InRange(turn / (0.8 * (Frames - 1) / 900), 0.95, 1.05);
    }

    [Fact]
    public async Task CamerasFromAFileAreMatchedByTheNumbersOfTheFrames()
    {
        // The clip keeps every second frame of its source.
        Track(2 * Frames).Save(Path.Combine(_folder, "cameras.json"));
        using var run = Clip();
        run.Options = run.Options with { Cameras = new CamerasOptions { Method = $"file:{_folder}" } };
        await run.Execute(new CamerasStage());
        var track = CameraTrack.Load(run.PathOf(Stages.Cameras, Artifacts.Cameras));
        Assert.Equal(4, track.Frames[2].CamFromWorld.Translation.X, 1e-12);
        Assert.Contains("numbers in the source", track.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooFewCamerasInAFileAreRefused()
    {
        Track(Frames - 1).Save(Path.Combine(_folder, "cameras.json"));
        using var run = Clip();
        run.Options = run.Options with { Cameras = new CamerasOptions { Method = $"file:{_folder}" } };
        var e = await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new CamerasStage()));
        Assert.Contains("9 cameras for 10 frames", e.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.BadInput, e.Kind);
        Assert.False(run.Exists(Stages.Cameras, Artifacts.Cameras));
    }

    [Fact]
    public async Task NothingToSolveFromIsSaidWithWhatWasTried()
    {
        // Black pictures whose flow turns back with the gap: no camera explains it and there is no key point for COLMAP.
        using var run = Clip().WithFlow((x, gap) => (gap % 4 == 2 ? -0.3f : 0.3f) * gap * Math.Abs((x % 32) - 16));
        var e = await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new CamerasStage()));
        Assert.Contains("no trustworthy cameras", e.Message, StringComparison.Ordinal);
        Assert.Contains("key points", e.Message, StringComparison.Ordinal);
        Assert.Contains("of the flow", e.Message, StringComparison.Ordinal);
        Assert.Contains("--cameras file:PATH", e.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.BadInput, e.Kind);
    }

    [Theory]
    [InlineData("flow", "")]
    [InlineData("colmap", "COLMAP failed")]
    public async Task ATravellingCameraIsSolvedFromFlowOnDemandAndWhereColmapFails(string method, string said)
    {
        using var run = Clip().WithEmptyMasks().WithFlow((x, gap) => 0.15f * gap * Math.Abs((x % 32) - 16));
        run.Options = run.Options with { Cameras = new CamerasOptions { Method = method, FocalPixels = 90 } };
        await run.Execute(new CamerasStage());
        var track = CameraTrack.Load(run.PathOf(Stages.Cameras, Artifacts.Cameras));
        Assert.Equal((CameraMotion.Parallax, "flow"), (track.Motion, track.Source));
        Assert.Equal(90, track.Intrinsics.Fx, 1e-6);
        Assert.Contains(said, track.Verdict, StringComparison.Ordinal);
        var first = track.Frames[1].CamFromWorld.Translation;
        Assert.All(track.Frames.Skip(1).Select((f, i) => (f.CamFromWorld, Steps: i + 1)), f =>
        {
            Assert.InRange((f.CamFromWorld.Translation - (first * f.Steps)).Length, 0, 0.05 * first.Length * f.Steps);
            Assert.InRange(Rotations.AngleBetween(Mat3.Identity, f.CamFromWorld.Rotation), 0, 0.005);
        });
        Assert.True(run.Exists(Stages.Cameras, Artifacts.SparsePointArray));
    }

    [Fact]
    public void UnknownMethodsAreRefusedWhenPlanning()
    {
        using var run = Clip();
        var options = run.Options with { Cameras = new CamerasOptions { Method = "guess" } };
        var e = Assert.Throws<Depth3DException>(() => new CamerasStage().Plan(new StagePlanContext(options, run)));
        Assert.Equal(FailureKind.Usage, e.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(1e30)]
    public void AbsurdFocalLengthsAreRefusedWhenPlanning(double focal)
    {
        using var run = Clip();
        var options = run.Options with { Cameras = new CamerasOptions { FocalPixels = focal } };
        var e = Assert.Throws<Depth3DException>(() => new CamerasStage().Plan(new StagePlanContext(options, run)));
        Assert.Equal(FailureKind.Usage, e.Kind);
    }

    private static ModelRun Clip() => ModelRun.Create(Frames, Width, Height, _ => new Raster<byte>(Width, Height, 3));

    private static CameraTrack Track(int frames) => new(Intrinsics.Centered(90, 90, Width, Height),
        [.. Enumerable.Range(0, frames).Select(i => new FrameCamera(new RigidTransform(Mat3.Identity, new Vec3(i, 0, 0))))],
        CameraMotion.Parallax, "test", "");
}
