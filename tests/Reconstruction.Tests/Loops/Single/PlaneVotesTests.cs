using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Single;

namespace Depth3D.Reconstruction.Tests.Loops.Single;

/// <summary>Check H1: a wall behind a square, both exactly on planes, filmed from a small circle.</summary>
public sealed class PlaneVotesTests
{
    private const int NearPlane = 1, FarPlane = 4, Frames = 16, EdgePixels = 2;
    private const double SquareHalf = 0.3;
    private static readonly Intrinsics Camera = Intrinsics.Centered(70, 70, 64, 48);
    private static readonly LoopGeometry Geometry = PlaneLadder.Grid(Camera, PlaneLadder.UniformInDisparity(1, 4, 6), 1.25, 8);

    [Fact]
    public void EveryTexelAwayFromEdgesIsOnItsPlaneAndOnNoOther()
    {
        var votes = Votes();
        var seen = 0;
        for (var y = 0; y < Camera.Height; y++)
        {
            for (var x = 0; x < Camera.Width; x++)
            {
                if (Expected(x, y) is not { } expected) continue;
                seen++;
                for (var k = 0; k < Geometry.Planes; k++)
                    if (!(expected == NearPlane && k == FarPlane)) Assert.Equal(k == expected ? 1 : 0, votes.Occupancy(k, Texel(x, y)), 1e-6);
            }
        }

        Assert.InRange(seen / (double)Camera.Width / Camera.Height, 0.6, 1);
    }

    /// <summary>The plane that the ray of a pixel ends on; null within <see cref="EdgePixels"/> of the square's rim as any frame sees it.</summary>
    private static int? Expected(int x, int y)
    {
        bool allSquare = true, anySquare = false;
        for (var dy = -EdgePixels; dy <= EdgePixels; dy++)
        {
            for (var dx = -EdgePixels; dx <= EdgePixels; dx++)
            {
                var isSquare = IsSquare(Camera.Unproject(x + dx, y + dy, Geometry.PlaneDepths[NearPlane]));
                (allSquare, anySquare) = (allSquare && isSquare, anySquare || isSquare);
            }
        }

        return allSquare ? NearPlane : anySquare ? null : FarPlane;
    }

    [Fact]
    public void TheWallBehindTheRimOfTheSquareIsRecoveredWithItsColour()
    {
        var hidden = HiddenLayer.Of(Geometry, Votes());
        int behind = 0, right = 0;
        for (var y = 0; y < Camera.Height; y++)
        {
            for (var x = 0; x < Camera.Width; x++)
            {
                if (!IsSquare(Camera.Unproject(x, y, Geometry.PlaneDepths[NearPlane]))) continue;
                behind++;
                var texel = Texel(x, y);
                if (hidden.Disparity.Samples[texel] == 0) continue;
                Assert.Equal(1 / Geometry.PlaneDepths[FarPlane], hidden.Disparity.Samples[texel], 1e-5);
                Assert.InRange(hidden.Colour.Samples[3 * texel] - WallColour(Camera.Unproject(x, y, Geometry.PlaneDepths[FarPlane])), -20, 20);
                right++;
            }
        }

        Assert.InRange(right / (double)behind, 0.4, 1);
    }

    [Fact]
    public void BesideThePictureTheWallGoesOnAsFarAsFramesShowIt()
    {
        var hidden = HiddenLayer.Of(Geometry, Votes());

        Assert.Equal(1 / Geometry.PlaneDepths[FarPlane], hidden.Disparity.Samples[Texel(-2, 24)], 1e-5);
        Assert.Equal(0, hidden.Disparity.Samples[Texel(4, 24)]);
    }

    [Fact]
    public void AFrameWarpedIntoTheReferenceCameraShowsWhatThatSees()
    {
        var (rgb, depth) = Film(Frame(3));

        var steady = SteadyFrame.Of(rgb, depth, Camera, Frame(3).Inverse(), Camera, 0.01);

        var (expected, expectedDepth) = Film(RigidTransform.Identity);
        Assert.Equal(255, steady.Valid[10, 10]);
        Assert.Equal(1 / expectedDepth[10, 10], steady.Disparity[10, 10], 1e-4);
        Assert.InRange(steady.Rgb[10, 10] - expected[10, 10], -10, 10);
        Assert.Equal(1 / expectedDepth[32, 24], steady.Disparity[32, 24], 1e-4);
        Assert.Contains((byte)0, steady.Valid.Samples);
    }

    private static PlaneVotes Votes()
    {
        var votes = new PlaneVotes(Geometry);
        for (var t = 0; t < Frames; t++)
        {
            var (rgb, depth) = Film(Frame(t));
            votes.Add(rgb, depth, Camera, Frame(t));
        }

        return votes;
    }

    private static RigidTransform Frame(int t)
    {
        var angle = 2 * Math.PI * t / Frames;
        return new RigidTransform(Mat3.Identity, new Vec3(0.22 * Math.Cos(angle), 0.22 * Math.Sin(angle), 0));
    }

    private static (Raster<byte> Rgb, Raster<float> Depth) Film(RigidTransform camFromReference)
    {
        var (rgb, depth) = (new Raster<byte>(Camera.Width, Camera.Height, 3), new Raster<float>(Camera.Width, Camera.Height));
        var back = camFromReference.Inverse();
        for (var y = 0; y < Camera.Height; y++)
        {
            for (var x = 0; x < Camera.Width; x++)
            {
                var near = back.Apply(Camera.Unproject(x, y, Geometry.PlaneDepths[NearPlane]));
                depth[x, y] = (float)(IsSquare(near) ? Geometry.PlaneDepths[NearPlane] : Geometry.PlaneDepths[FarPlane]);
                var colour = IsSquare(near) ? 30 : WallColour(back.Apply(Camera.Unproject(x, y, Geometry.PlaneDepths[FarPlane])));
                for (var c = 0; c < 3; c++) rgb[x, y, c] = (byte)colour;
            }
        }

        return (rgb, depth);
    }

    private static bool IsSquare(Vec3 point) => Math.Abs(point.X) < SquareHalf && Math.Abs(point.Y) < SquareHalf;

    private static double WallColour(Vec3 point) => 150 + (50 * Math.Sin(3 * point.X)) + (30 * Math.Cos(4 * point.Y));

    private static int Texel(int x, int y) =>
        ((y + (int)(Geometry.Plane.Cy - Camera.Cy)) * Geometry.Plane.Width) + x + (int)(Geometry.Plane.Cx - Camera.Cx);
}
