using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Cameras;

public sealed class ColmapSolverTests : IDisposable
{
    private const int Width = 320, Height = 180, Frames = 16;

    private readonly string _folder = Directory.CreateTempSubdirectory("colmap").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ARenderedClipIsSolvedTwiceTheSame()
    {
        var scene = TruthScene.Courtyard(Frames);
        var input = Render(scene);
        // The arc of this short clip turns by 8 degrees, which leaves the focal length open: it is given.
        var focal = scene.Intrinsics(Width, Height).Fx;
        var first = await Solve(input, "a", focal);
        var second = await Solve(input, "b", focal);
        Assert.True(first.Accepted, string.Join('\n', first.Attempts));
        var best = first.Best!;
        Assert.Equal(best.Intrinsics, second.Best!.Intrinsics);
        Assert.Equal(best.CamFromWorld, second.Best.CamFromWorld);
        Assert.Equal(best.Points, second.Best.Points);

        var track = new CameraTrack(best.Intrinsics, PoseInterpolation.Fill(best.CamFromWorld), CameraMotion.Parallax, "colmap", "");
        var errors = CameraError.Compare(track, scene.Cameras(Width, Height));
        Assert.InRange(errors.PositionShare!.Value, 0, 0.02);
        Assert.InRange(errors.RotationMaxDegrees, 0, 0.5);
        Assert.Equal(1, errors.FocalRatio, 1e-9);
        Assert.Equal(1, best.Quality.RegisteredShare);
    }

    [Fact]
    public async Task ABlackClipHasNoCameras()
    {
        var path = Path.Combine(_folder, "black.png");
        ImageFile.WritePng(path, new Raster<byte>(64, 48, 3));
        var report = await Solve(new ColmapInput([path, path, path], null, 64, 48), "black");
        Assert.Null(report.Best);
        Assert.False(report.Accepted);
        Assert.Contains("key points", Assert.Single(report.Attempts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStandingCameraEndsWithoutAnAcceptedModel()
    {
        var report = await Solve(Render(TruthScene.Courtyard(4, TruthCameraMotion.Static)), "static");
        Assert.False(report.Accepted);
        Assert.True(report.Attempts.Count > 1, string.Join('\n', report.Attempts));
    }

    [Fact]
    public async Task CancellationEndsTheSolver()
    {
        using var cancel = new CancellationTokenSource();
        var input = Render(TruthScene.Courtyard(4));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ColmapSolver(new ColmapSettings { FeaturesPerFrame = 400 }).SolveAsync(
            input, Directory.CreateDirectory(Path.Combine(_folder, "cancelled")).FullName, (_, _) => cancel.Cancel(), cancel.Token));
    }

    [Fact]
    public void AnOrbitAboutPointsAtOneDistanceFailsTheGates()
    {
        // The geometry COLMAP gives to a turning camera: centres on a sphere about the points' middle, every point equally far.
        var camera = new ColmapCamera(1, ColmapLens.SimplePinhole, 640, 360, [520, 320, 180]);
        var points = Enumerable.Range(0, 50).Select(k => new ColmapPoint(k + 1, new Vec3((k % 10) - 5, (k / 10) - 2.5, 0.2 * (k % 3)), 0, 0, 0, 0.3, [])).ToArray();
        var images = Enumerable.Range(0, 10).Select(i => new ColmapImage(i + 1,
            new RigidTransform(Mat3.FromRotationVector(new Vec3(0, 0.05 * i, 0)), new Vec3(0, 0, 35)), 1, $"{i}",
            [.. points.Select(p => new ColmapObservation(0, 0, p.Id))])).ToArray();
        var model = new ColmapModel([camera], images, points);
        var quality = ModelQuality.Of(model, CameraFixtures.Lens, [.. images.Select(i => (RigidTransform?)i.CamFromWorld)]);
        Assert.True(quality.LooksLikeRotation);
        Assert.Contains(quality.Failures(0.5), f => f.Contains("orbit", StringComparison.Ordinal));
    }

    private Task<ColmapReport> Solve(ColmapInput input, string name, double? focal = null) =>
        new ColmapSolver(new ColmapSettings { FeaturesPerFrame = 800, FocalPixels = focal })
        .SolveAsync(input, Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, null, CancellationToken.None);

    private ColmapInput Render(TruthScene scene)
    {
        List<string> images = [];
        List<Raster<byte>> masks = [];
        for (var i = 0; i < scene.FrameCount; i++)
        {
            var frame = TruthRenderer.Render(scene, i, Width, Height);
            images.Add(Path.Combine(_folder, $"{i:000}.png"));
            ImageFile.WritePng(images[^1], frame.Rgb);
            masks.Add(frame.MovingMask);
        }

        return new ColmapInput(images, masks, Width, Height);
    }
}
