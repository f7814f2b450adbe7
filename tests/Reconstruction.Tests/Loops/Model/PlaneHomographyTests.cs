using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Tests.Loops.Model;

public class PlaneHomographyTests
{
    private const double PublishedFar = 26.674169540405273, PublishedFov = 42.84357734;

    private static readonly Intrinsics Camera = Intrinsics.Centered(458.7922, 458.7922, 640, 360);

    private static readonly LoopGeometry Geometry = PlaneLadder.Grid(Camera, PlaneLadder.UniformInDisparity(0.9, PublishedFar, 32), 1.6, 16);

    [Fact]
    public void DepthsAreThePublishedTable()
    {
        Assert.Equal(1.0281938, Geometry.PlaneDepths[4], 1e-6);
        Assert.Equal(1.0661591, Geometry.PlaneDepths[5], 1e-6);
        Assert.Equal(1.1070355, Geometry.PlaneDepths[6], 1e-6);
        Assert.Equal(1.1511717, Geometry.PlaneDepths[7], 1e-6);
        Assert.Equal(0.9, Geometry.PlaneDepths[0], 1e-12);
        Assert.Equal(PublishedFar, Geometry.PlaneDepths[^1], 1e-9);
    }

    [Fact]
    public void FocalLengthAndPitchAreThePublishedOnes()
    {
        var focal = 180 / Math.Tan(PublishedFov * Math.PI / 360);
        Assert.Equal(458.7922, focal, 1e-3);
        Assert.Equal(0.03639100, 1023.0 / 63 * Geometry.PlaneDepths[4] / focal, 1e-8);
    }

    [Fact]
    public void GridHasWholeTilesAndThePictureInItsMiddle()
    {
        Assert.Equal((1024, 576), (Geometry.Plane.Width, Geometry.Plane.Height));
        Assert.Equal((Camera.Cx + 192, Camera.Cy + 108), (Geometry.Plane.Cx, Geometry.Plane.Cy));
        Assert.Equal(73_728, Geometry.TileCount);
    }

    [Fact]
    public void AgreesWithRaysMetWithPlanes()
    {
        var random = new Random(3);
        double Next(double most) => ((random.NextDouble() * 2) - 1) * most;
        for (var trial = 0; trial < 100; trial++)
        {
            var tenDegrees = 10 * Math.PI / 180 / Math.Sqrt(3);
            var pose = new RigidTransform(Mat3.FromRotationVector(new(Next(tenDegrees), Next(tenDegrees), Next(tenDegrees))), new(Next(0.15), Next(0.15), Next(0.15)));
            double x = random.NextDouble() * 639, y = random.NextDouble() * 359;
            var maps = PlaneHomography.All(Geometry, Camera, pose);
            for (var k = 0; k < Geometry.Planes; k++)
            {
                var (u, v) = MeetPlane(pose, x, y, Geometry.PlaneDepths[k]);
                var got = PlaneHomography.Apply(maps[k]!.Value, x, y)!.Value;
                Assert.Equal(u, got.U, 1e-9);
                Assert.Equal(v, got.V, 1e-9);
            }
        }
    }

    [Fact]
    public void TheReferenceCameraIsAPureShiftOnEveryPlane()
    {
        foreach (var map in PlaneHomography.All(Geometry, Camera, RigidTransform.Identity))
        {
            var (u, v) = PlaneHomography.Apply(map!.Value, 17, 250)!.Value;
            Assert.Equal(17 + 192, u, 1e-12 * 1024);
            Assert.Equal(250 + 108, v, 1e-12 * 1024);
        }
    }

    [Fact]
    public void PlanesBehindTheCameraAndRaysBackwardsAreNotMet()
    {
        var beyondFive = new RigidTransform(Mat3.Identity, new(0, 0, -Geometry.PlaneDepths[5]));
        var maps = PlaneHomography.All(Geometry, Camera, beyondFive);
        Assert.All(maps[..6], Assert.Null);
        Assert.All(maps[6..], map => Assert.NotNull(map));
        var turnedRound = new RigidTransform(Mat3.FromRotationVector(new(0, Math.PI, 0)), Vec3.Zero);
        Assert.Null(PlaneHomography.Apply(PlaneHomography.TexelFromPixel(Geometry.Plane, 2, Camera, turnedRound)!.Value, 320, 180));
    }

    private static (double U, double V) MeetPlane(RigidTransform camFromReference, double x, double y, double depth)
    {
        var world = camFromReference.Inverse();
        var ray = world.Rotation * Camera.Unproject(x, y, 1);
        var point = world.Translation + (ray * ((depth - world.Translation.Z) / ray.Z));
        return Geometry.Plane.Project(point);
    }
}
