using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Geometry;
using static Depth3D.Reconstruction.Tests.Cameras.CameraFixtures;

namespace Depth3D.Reconstruction.Tests.Cameras;

public sealed class ColmapModelTests
{
    [Fact]
    public void TextAndBinaryHoldTheSameModel()
    {
        var model = ThroughText(Model(4, 30));
        var binary = ThroughBinary(model);
        var again = ThroughText(binary);
        AssertSame(model, binary);
        AssertSame(model, again);
    }

    [Fact]
    public void ReprojectionErrorIsTheOneInTheModel()
    {
        // B3: a constant offset of 0.75 px on every observation is each point's error.
        var model = ThroughBinary(Model(5, 40, offsetPixels: 0.75));
        var set = model.ToCameraSet("model");
        var points = model.Points.ToDictionary(p => p.Id);
        double sum = 0;
        var count = 0;
        for (var i = 0; i < model.Images.Count; i++)
        {
            foreach (var o in model.Images[i].Observations)
            {
                var (u, v) = set.Cameras[i].Intrinsics.Project(set.Cameras[i].CamFromWorld.Apply(points[o.PointId].Position));
                sum += Math.Sqrt(Math.Pow(o.X - 0.5 - u, 2) + Math.Pow(o.Y - 0.5 - v, 2));
                count++;
            }
        }

        Assert.Equal(model.MeanErrorPixels, sum / count, 1e-3);
        Assert.Equal(0.75, model.MeanErrorPixels, 1e-12);
    }

    [Fact]
    public void QuaternionIsScalarFirst()
    {
        // B2 and B4: 10 degrees about y.
        double c = Math.Cos(Math.PI / 36), s = Math.Sin(Math.PI / 36);
        var r = ReadOne($"{c:R} 0 {s:R} 0").Rotation;
        Assert.Equal(0.173648, r.M02, 1e-6);
        Assert.Equal(-0.173648, r.M20, 1e-6);

        // A rotation with three different angles, misread scalar-last, gives A R' A' F3 up to the sign of axes: never what we read.
        var truth = Mat3.FromQuaternion(0.9, 0.1, 0.3, -0.2);
        var read = ReadOne("0.9 0.1 0.3 -0.2").Rotation;
        var misread = Mat3.FromQuaternion(-0.2, 0.9, 0.1, 0.3);
        Assert.True(Rotations.AngleBetween(truth, read) < 1e-9);
        Assert.True(Rotations.AngleBetween(misread, read) > 0.5);

        static RigidTransform ReadOne(string quaternion) => ColmapText.Read(
            Utf8("1 SIMPLE_PINHOLE 640 360 520 320 180\n"), Utf8($"1 {quaternion} 0 0 0 1 a.png\n\n"), null, "x").Images[0].CamFromWorld;
    }

    [Fact]
    public void EmptyObservationLinesAreKeptAndNamesMayHoldBlanks()
    {
        var model = ColmapText.Read(Utf8("# c\n1 PINHOLE 640 360 520 521 320 180\n"),
            Utf8("# comment\n#\n7 1 0 0 0 1 2 3 1 my frame.png\n\n3 1 0 0 0 4 5 6 1 b.png\n1.5 2.5 -1\n"), null, "x");
        Assert.Equal(["b.png", "my frame.png"], model.Images.Select(i => i.Name));
        Assert.Equal(new ColmapObservation(1.5, 2.5, -1), Assert.Single(model.Images[0].Observations));
        var k = model.ToCameraSet("x").Cameras[0].Intrinsics;
        Assert.Equal((520, 521, 319.5, 179.5), (k.Fx, k.Fy, k.Cx, k.Cy));
    }

    [Theory]
    [InlineData("1 SIMPLE_PINHOLE 640 360 0 320 180", "1 1 0 0 0 0 0 0 1 a", "focal length 0")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 -1 320 180", "1 1 0 0 0 0 0 0 1 a", "focal length -1")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 1e30 320 180", "1 1 0 0 0 0 0 0 1 a", "focal length 1e+30")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 nan 320 180", "1 1 0 0 0 0 0 0 1 a", "finite number")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 1e400 320 180", "1 1 0 0 0 0 0 0 1 a", "finite number")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 520 320", "1 1 0 0 0 0 0 0 1 a", "line ends")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 520 9320 180", "1 1 0 0 0 0 0 0 1 a", "principal point")]
    [InlineData("1 SIMPLE_PINHOLE 0 360 520 320 180", "1 1 0 0 0 0 0 0 1 a", "image size")]
    [InlineData("1 OPENCV_FISHEYE 640 360 520 520 320 180 0 0 0 0", "1 1 0 0 0 0 0 0 1 a", "undistort")]
    [InlineData("1 SIMPLE_RADIAL 640 360 520 320 180 -0.3", "1 1 0 0 0 0 0 0 1 a", "undistort")]
    [InlineData("-1 SIMPLE_PINHOLE 640 360 520 320 180", "1 1 0 0 0 0 0 0 -1 a", "negative")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 520 320 180", "1 0 0 0 0 0 0 0 1 a", "quaternion")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 520 320 180", "1 1 0 0 0 0 0 0 2 a", "camera 2")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 520 320 180", "1 1 0 0 0 0 0 0 1", "name is missing")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 520 320 180", "1 1 0 0 0 0 0 0 1 a\n\n1 1 0 0 0 0 0 0 1 b", "occurs twice")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 520 320 180", "1 1 0 0 0 0 0 0 1 a\n\n2 1 0 0 0 0 0 0 1 a", "two images")]
    [InlineData("", "1 1 0 0 0 0 0 0 1 a", "no camera")]
    [InlineData("1 SIMPLE_PINHOLE 640 360 520 320 180", "", "no registered image")]
    public void BadTextIsRefused(string cameras, string images, string expected)
    {
        var e = Assert.Throws<Depth3DException>(() =>
            ColmapText.Read(Utf8(cameras + "\n"), Utf8(images + "\n\n"), null, "model").ToCameraSet("model"));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("model", e.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.BadInput, e.Kind);
    }

    [Fact]
    public void EveryTruncationOfABinaryModelIsRefused()
    {
        var (c, i, p) = Bytes(Model(2, 3));
        foreach (var (which, full) in new[] { (0, c), (1, i), (2, p) })
        {
            for (var length = 0; length < full.Length; length += 1 + (full.Length / 60))
            {
                var files = new[] { c, i, p };
                files[which] = full[..length];
                Assert.Throws<Depth3DException>(() =>
                    ColmapBinary.Read(new MemoryStream(files[0]), new MemoryStream(files[1]), new MemoryStream(files[2]), "model"));
            }
        }
    }

    [Fact]
    public void AbsurdCountsAreRefusedWithoutAllocating()
    {
        var (c, i, p) = Bytes(Model(2, 3));
        foreach (var bytes in new[] { c, i, p })
        {
            var kept = bytes[..8];
            BitConverter.TryWriteBytes(bytes, ulong.MaxValue / 2);
            var e = Assert.Throws<Depth3DException>(() => ColmapBinary.Read(new MemoryStream(c), new MemoryStream(i), new MemoryStream(p), "model"));
            Assert.Contains("announced", e.Message, StringComparison.Ordinal);
            kept.CopyTo(bytes, 0);
        }
    }

    [Fact]
    public void SmallDistortionIsIgnoredWithAWarning()
    {
        var set = ColmapText.Read(Utf8("1 SIMPLE_RADIAL 640 360 520 320 180 0.01\n"), Utf8("1 1 0 0 0 0 0 0 1 a\n\n"), null, "m").ToCameraSet("m");
        Assert.Contains("distortion is ignored", Assert.Single(set.Warnings), StringComparison.Ordinal);
    }

    private static (byte[] Cameras, byte[] Images, byte[] Points) Bytes(ColmapModel model)
    {
        using MemoryStream c = new(), i = new(), p = new();
        ColmapBinary.Write(model, c, i, p);
        return (c.ToArray(), i.ToArray(), p.ToArray());
    }

    private static ColmapModel ThroughBinary(ColmapModel model)
    {
        var (c, i, p) = Bytes(model);
        return ColmapBinary.Read(new MemoryStream(c), new MemoryStream(i), new MemoryStream(p), "model");
    }

    private static ColmapModel ThroughText(ColmapModel model)
    {
        using MemoryStream c = new(), i = new(), p = new();
        ColmapText.Write(model, c, i, p);
        c.Position = i.Position = p.Position = 0;
        return ColmapText.Read(c, i, p, "model");
    }

    private static void AssertSame(ColmapModel a, ColmapModel b)
    {
        Assert.Equal(a.Cameras[0].Parameters, b.Cameras[0].Parameters);
        Assert.Equal(a.Images.Select(i => (i.Id, i.Name, i.CameraId)), b.Images.Select(i => (i.Id, i.Name, i.CameraId)));
        for (var k = 0; k < a.Images.Count; k++)
        {
            Assert.Equal(a.Images[k].Observations, b.Images[k].Observations);
            Assert.Equal(a.Images[k].CamFromWorld.Translation, b.Images[k].CamFromWorld.Translation);
            Assert.True(Rotations.AngleBetween(a.Images[k].CamFromWorld.Rotation, b.Images[k].CamFromWorld.Rotation) < 1e-12);
        }

        Assert.Equal(a.Points.Select(p => (p.Id, p.Position, p.Red, p.ErrorPixels)), b.Points.Select(p => (p.Id, p.Position, p.Red, p.ErrorPixels)));
        Assert.Equal(a.Points.SelectMany(p => p.Track), b.Points.SelectMany(p => p.Track));
    }
}
