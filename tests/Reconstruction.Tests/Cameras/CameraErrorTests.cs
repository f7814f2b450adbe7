using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using static Depth3D.Reconstruction.Tests.Cameras.CameraFixtures;

namespace Depth3D.Reconstruction.Tests.Cameras;

public sealed class CameraErrorTests
{
    [Fact]
    public void ASimilarityIsNoError()
    {
        var world = new RigidTransform(Mat3.FromRotationVector(new Vec3(0.3, -0.9, 0.4)), new Vec3(3, -2, 7));
        var moved = Track(i => Scaled(Arc(i), 0.25) * world);
        var errors = CameraError.Compare(moved, Track(Arc));
        Assert.InRange(errors.PositionRmse, 0, 1e-9);
        Assert.InRange(errors.RotationMaxDegrees, 0, 1e-5);
        Assert.Equal(4, errors.Scale, 1e-9);
        Assert.Equal(1, errors.FocalRatio, 1e-12);
    }

    [Fact]
    public void ATurnOfOneFrameIsMeasured()
    {
        var errors = CameraError.Compare(
            Track(i => i == 3 ? new RigidTransform(Mat3.FromRotationVector(new Vec3(0, 0.01, 0)), Vec3.Zero) * Arc(i) : Arc(i)), Track(Arc));
        Assert.InRange(errors.RotationMaxDegrees, 0.3, 0.6);
    }

    [Fact]
    public void AStraightPathAndAStandingCameraAreAligned()
    {
        RigidTransform Line(int i) => new(Mat3.FromRotationVector(new Vec3(0, 0.02 * i, 0)), new Vec3(0, 0, 0));
        Assert.InRange(CameraError.Compare(Track(Line), Track(Line)).RotationMaxDegrees, 0, 1e-5);
        Assert.Null(CameraError.Compare(Track(Line), Track(Line)).PositionShare);
        RigidTransform Straight(int i) => new(Mat3.Identity, new Vec3(-i, 0, 0));
        var errors = CameraError.Compare(Track(i => Scaled(Straight(i), 2)), Track(Straight));
        Assert.InRange(errors.PositionRmse, 0, 1e-9);
        Assert.InRange(errors.RotationMaxDegrees, 0, 1e-5);
    }

    [Fact]
    public void InterpolationHitsTheMiddleOfAnArc()
    {
        RigidTransform a = new(Mat3.Identity, Vec3.Zero), b = new(Mat3.FromRotationVector(new Vec3(0, 1, 0)), new Vec3(0, 0, 2));
        var middle = PoseInterpolation.Between(a, b, 0.5);
        Assert.Equal(0.5, Rotations.AngleBetween(Mat3.Identity, middle.Rotation), 1e-12);
        Assert.True((middle.Center - ((a.Center + b.Center) * 0.5)).Length < 1e-12);
        var filled = PoseInterpolation.Fill([null, a, null, b, null]);
        Assert.Equal([false, true, false, true, false], filled.Select(f => f.Registered));
        Assert.Equal(a, filled[0].CamFromWorld);
        Assert.Equal(b, filled[4].CamFromWorld);
        Assert.Throws<ArgumentException>(() => PoseInterpolation.Fill([null, null]));
    }

    private static CameraTrack Track(Func<int, RigidTransform> pose) =>
        new(Lens, [.. Enumerable.Range(0, 8).Select(i => new FrameCamera(pose(i)))], CameraMotion.Parallax, "test", "");

    private static RigidTransform Scaled(RigidTransform pose, double scale) => pose with { Translation = pose.Translation * scale };
}
