using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Cameras.Import;
using Depth3D.Reconstruction.Geometry;
using static Depth3D.Reconstruction.Tests.Cameras.CameraFixtures;

namespace Depth3D.Reconstruction.Tests.Cameras;

public sealed class CameraImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cameras").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FramesAreMatchedByNameAndMissingOnesInterpolated()
    {
        var model = Model(5, 20);
        ColmapBinary.Write(model with { Images = [.. model.Images.Where(i => i.Id is not 3).Reverse()] }, _folder);
        var loaded = CameraImport.Load(_folder, Names(5), 320, 180);
        Assert.Equal([true, true, false, true, true], loaded.Track.Frames.Select(f => f.Registered));
        Assert.Equal(0.8, loaded.Track.RegisteredShare, 1e-12);
        Assert.Equal((260, 159.5, 320), (loaded.Track.Intrinsics.Fx, loaded.Track.Intrinsics.Cx, loaded.Track.Intrinsics.Width));
        Assert.Equal(CameraMotion.Parallax, loaded.Track.Motion);
        Assert.Equal(20, loaded.Points.Count);
        for (var i = 0; i < 5; i++)
        {
            var tolerance = i == 2 ? 0.01 : 1e-9;
            Assert.True(Rotations.AngleBetween(Arc(i).Rotation, loaded.Track.Frames[i].CamFromWorld.Rotation) < tolerance);
            Assert.True((Arc(i).Center - loaded.Track.Frames[i].CamFromWorld.Center).Length < tolerance);
        }
    }

    [Fact]
    public void DavisFilesReturnTheCamerasThatWereWritten()
    {
        // B1, in double.
        var track = Track(4);
        using (var m = File.Create(Path.Combine(_folder, "t.matrices.txt")))
        using (var k = File.Create(Path.Combine(_folder, "t.intrinsics.txt")))
            DavisCameras.Write(track, m, k);
        File.WriteAllText(Path.Combine(_folder, "t.obj"), "# p\nv 1 2 3\nvn 0 0 1\nv 4 5 6\nf 1 2 1\n");
        var loaded = CameraImport.Load(_folder, Names(4), 640, 360);
        for (var i = 0; i < 4; i++) AssertClose(Arc(i), loaded.Track.Frames[i].CamFromWorld, 1e-12);
        Assert.Equal([new Vec3(1, 2, 3), new Vec3(4, 5, 6)], loaded.Points.Select(p => p.Position));
        Assert.Equal(Lens, loaded.Track.Intrinsics);
    }

    [Fact]
    public void TransformsAreOpenGlCameraToWorld()
    {
        File.WriteAllText(Path.Combine(_folder, "transforms.json"), Transforms(Rows(Arc(1)), Rows(Arc(0))));
        var loaded = CameraImport.Load(Path.Combine(_folder, "transforms.json"), ["frame_00001.png", "frame_00000.png"], 640, 360);
        AssertClose(Arc(0), loaded.Track.Frames[1].CamFromWorld, 1e-9);
        AssertClose(Arc(1), loaded.Track.Frames[0].CamFromWorld, 1e-9);
        Assert.Equal(319.5, loaded.Track.Intrinsics.Cx, 1e-9);
    }

    [Fact]
    public void LlffAxesAreDownRightBackwards()
    {
        var worldFromCam = Arc(2).Inverse();
        Vec3 right = worldFromCam.Rotation.Column(0), down = worldFromCam.Rotation.Column(1), forward = worldFromCam.Rotation.Column(2);
        var c = worldFromCam.Translation;
        double[] row =
        [
            down.X, right.X, -forward.X, c.X, 360,
            down.Y, right.Y, -forward.Y, c.Y, 640,
            down.Z, right.Z, -forward.Z, c.Z, 520, 1, 100,
        ];
        var camera = Assert.Single(LlffPoses.FromValues(row, "poses_bounds.npy").Cameras);
        AssertClose(Arc(2), camera.CamFromWorld, 1e-12);
        Assert.Equal(Lens, camera.Intrinsics);
        Assert.Throws<Depth3DException>(() => LlffPoses.FromValues(row.AsSpan(1), "poses_bounds.npy"));
        foreach (var focal in (double[])[0, -520, double.NaN])
        {
            row[14] = focal;
            Assert.Throws<Depth3DException>(() => LlffPoses.FromValues(row, "poses_bounds.npy"));
        }
    }

    /// <summary>Check A5 of the video-loop spec.</summary>
    [Fact]
    public void LlffRowsAreWrittenReadAndWrittenBitByBit()
    {
        string first = Path.Combine(_folder, "first.npy"), second = Path.Combine(_folder, "poses_bounds.npy");
        LlffPoses.Write(first, [.. Enumerable.Range(0, 5).Select(i => new LlffRow(Arc(i).Inverse(), 360, 640, 520, 1.0 / 3, 100.0 / 7))]);
        var numbers = Npy.Read(first).As<double>().ToArray();
        LlffPoses.Write(second, [.. numbers.Chunk(LlffRow.Length).Select(row => LlffRow.From(row))]);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        var read = CameraImport.Cameras(second, 640, 360).Cameras;
        for (var i = 0; i < 5; i++) AssertClose(Arc(i), read[i].CamFromWorld, 1e-12);
    }

    [Fact]
    public void AxesOfAnIdentityCameraAreDownRightBackInLlff()
    {
        var row = new LlffRow(RigidTransform.Identity, 360, 640, 520, 1, 9).Numbers();
        Assert.Equal([0, 1, 0, 0, 360, 1, 0, 0, 0, 640, 0, 0, -1, 0, 520, 1, 9], row.Select(v => v + 0.0));
    }

    [Fact]
    public void OwnTrackIsReadBack()
    {
        Track(3).Save(Path.Combine(_folder, "cameras.json"));
        var loaded = CameraImport.Load(_folder, Names(3), 640, 360);
        AssertClose(Arc(2), loaded.Track.Frames[2].CamFromWorld, 1e-12);
    }

    [Theory]
    [InlineData("not json", "not JSON")]
    [InlineData("{}", "no array")]
    [InlineData("{\"frames\": []}", "empty")]
    [InlineData("{\"w\":640,\"h\":360,\"fl_x\":520,\"frames\":[{\"file_path\":\"a.png\"}]}", "transform_matrix")]
    [InlineData("{\"w\":640,\"h\":360,\"fl_x\":0,\"frames\":[{\"transform_matrix\":[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]}]}", "focal length 0")]
    [InlineData("{\"w\":640,\"h\":360,\"fl_x\":-520,\"frames\":[{\"transform_matrix\":[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]}]}", "focal length -520")]
    [InlineData("{\"w\":640,\"h\":360,\"fl_x\":NaN,\"frames\":[{\"transform_matrix\":[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]}]}", "not JSON")]
    [InlineData("{\"w\":640,\"h\":360,\"fl_x\":520,\"frames\":[{\"transform_matrix\":[[1,0,0,0],[0,2,0,0],[0,0,1,0],[0,0,0,1]]}]}", "orthonormal")]
    [InlineData("{\"w\":640,\"h\":360,\"fl_x\":520,\"frames\":[{\"transform_matrix\":[[1,0,0,0],[0,1,0,0],[0,0,-1,0],[0,0,0,1]]}]}", "mirrors")]
    [InlineData("{\"w\":640,\"h\":360,\"frames\":[{\"transform_matrix\":[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]}]}", "fl_x")]
    [InlineData("{\"w\":640,\"h\":360,\"fl_x\":1e400,\"frames\":[{\"transform_matrix\":[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]}]}", "fl_x")]
    public void BadTransformsAreRefused(string json, string expected)
    {
        var path = Path.Combine(_folder, "transforms.json");
        File.WriteAllText(path, json);
        var e = Assert.Throws<Depth3DException>(() => CameraImport.Load(path, ["a.png"], 640, 360));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MismatchesAreRefused()
    {
        Track(3).Save(Path.Combine(_folder, "cameras.json"));
        Assert.Contains("3 cameras for 4 frames", Refusal(_folder, 4, 640, 360), StringComparison.Ordinal);
        Assert.Contains("3 cameras for 2 frames", Refusal(_folder, 2, 640, 360), StringComparison.Ordinal);
        Assert.Contains("another shape", Refusal(_folder, 3, 360, 640), StringComparison.Ordinal);
        Assert.Contains("no such file", Refusal(Path.Combine(_folder, "nothing"), 3, 640, 360), StringComparison.Ordinal);
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        Assert.Contains("no camera file in this folder", Refusal(empty, 3, 640, 360), StringComparison.Ordinal);
        ColmapText.Write(Model(2, 3), empty);
        var e = Assert.Throws<Depth3DException>(() => CameraImport.Load(empty, ["x1.png", "x2.png", "x3.png"], 640, 360));
        Assert.Contains("named unlike", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-520)]
    public void AFocalLengthInOwnFileMustBePositive(double focal)
    {
        var track = Track(2);
        (track with { Intrinsics = track.Intrinsics with { Fx = focal } }).Save(Path.Combine(_folder, "cameras.json"));
        Assert.Contains($"focal length {focal}", Refusal(_folder, 2, 640, 360), StringComparison.Ordinal);
    }

    [Fact]
    public void AShearedMatrixInOwnFileIsRefused()
    {
        var track = Track(2);
        var bad = track.Frames[1].CamFromWorld with { Rotation = new Mat3(1, 0.2, 0, 0, 1, 0, 0, 0, 1) };
        (track with { Frames = [track.Frames[0], new FrameCamera(bad)] }).Save(Path.Combine(_folder, "cameras.json"));
        Assert.Contains("frame 1: the rotation is not orthonormal", Refusal(_folder, 2, 640, 360), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void BothFilesOfBalloonDescribeTheSameCameras()
    {
        var clip = RotationSolverTests.SharedData("clips/balloon1");
        Skip.If(clip is null, "clips/balloon1 is not there");
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"{i:000}.png")];
        var transforms = CameraImport.Load(Path.Combine(clip!, "transforms_train.json"), names, 640, 360);
        var llff = CameraImport.Load(Path.Combine(clip!, "poses_bounds.npy"), names, 640, 360);
        Assert.Equal(920.684 * 640 / 960, transforms.Track.Intrinsics.Fx, 0.01);
        Assert.Contains(transforms.Warnings, w => w.Contains("distortion is ignored", StringComparison.Ordinal));
        Assert.Contains(CameraImport.Load(clip!, names, 640, 360).Warnings, w => w.Contains("transforms_train.json is read", StringComparison.Ordinal));
        var errors = CameraError.Compare(llff.Track, transforms.Track);
        Assert.InRange(errors.PositionShare!.Value, 0, 0.02);
        Assert.InRange(errors.RotationMaxDegrees, 0, 0.5);
    }

    private static string Refusal(string path, int frames, int width, int height) =>
        Assert.Throws<Depth3DException>(() => CameraImport.Load(path, Names(frames), width, height)).Message;

    private static CameraTrack Track(int frames) =>
        new(Lens, [.. Enumerable.Range(0, frames).Select(i => new FrameCamera(Arc(i)))], CameraMotion.Parallax, "test", "");

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"frame_{i:00000}.png")];

    /// <summary>inv([R t]) * diag(1, -1, -1, 1), written out by hand.</summary>
    private static string Rows(RigidTransform camFromWorld)
    {
        var (r, c) = (camFromWorld.Rotation.Transposed, camFromWorld.Center);
        return string.Create(CultureInfo.InvariantCulture,
            $"[[{r.M00:R},{-r.M01:R},{-r.M02:R},{c.X:R}],[{r.M10:R},{-r.M11:R},{-r.M12:R},{c.Y:R}],[{r.M20:R},{-r.M21:R},{-r.M22:R},{c.Z:R}],[0,0,0,1]]");
    }

    private static string Transforms(string first, string second) =>
        $$"""
        {"w":640,"h":360,"fl_x":520,"cx":320,"cy":180,"frames":[
        {"file_path":"./images/frame_00001.png","transform_matrix":{{first}}},{"file_path":"images/frame_00000.png","transform_matrix":{{second}}}]}
        """;

    private static void AssertClose(RigidTransform expected, RigidTransform actual, double tolerance)
    {
        Assert.True(Rotations.AngleBetween(expected.Rotation, actual.Rotation) < Math.Max(tolerance, 1e-9));
        Assert.True((expected.Translation - actual.Translation).Length < tolerance);
    }
}
