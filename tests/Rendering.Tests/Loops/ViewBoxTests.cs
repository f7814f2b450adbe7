using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;

namespace Depth3D.Rendering.Tests.Loops;

public class ViewBoxTests
{
    [Fact]
    public void FromTheMiddleTheReferenceCameraLooksAndFromElsewhereTheSamePointStaysInTheMiddle()
    {
        var view = new ViewBox(new Vec3(0.3, 0.2, 0.1), new Vec3(0, 0, 2.5), new Vec3(0, -1, 0));
        var middle = ViewBoxCamera.CamFromReference(view, Vec3.Zero);
        Assert.Equal(0, (middle.Rotation * new Vec3(0, 0, 1) - new Vec3(0, 0, 1)).Length, 1e-12);
        Assert.Equal(0, (middle.Rotation * new Vec3(1, 0, 0) - new Vec3(1, 0, 0)).Length, 1e-12);
        foreach (var corner in ViewBoxCamera.Corners(new Vec3(9, 9, 9)))
        {
            var pose = ViewBoxCamera.CamFromReference(view, corner);
            Assert.Equal(1, pose.Rotation.Determinant, 1e-12);
            Assert.Equal(view.Extent, new Vec3(Math.Abs(pose.Center.X), Math.Abs(pose.Center.Y), Math.Abs(pose.Center.Z)), (a, b) => (a - b).Length < 1e-12);
            var looked = pose.Apply(view.LookAt);
            Assert.Equal((0, 0), (Math.Round(looked.X, 12), Math.Round(looked.Y, 12)));
        }
    }

    [Fact]
    public void TheBoxGrowsUntilTheBorderShows()
    {
        var video = SmoothLoop.Make(frames: 2);
        var found = ViewBoxFinder.Find(video, new Vec3(5, 5, 0.05));
        Assert.InRange(found.Extent.X, 0.05, 4.9);
        Assert.InRange(found.Extent.Y, 0.05, 4.9);
        Assert.InRange(Uncovered(video, found), 0, 0.02);
        Assert.True(Uncovered(video, found with { Extent = found.Extent + new Vec3(0.3, 0.3, 0) }) > 0.02);
        var small = new Vec3(0.03, 0.02, 0.01);
        Assert.Equal(small, ViewBoxFinder.Find(video, small).Extent);
    }

    [Theory]
    [InlineData("swing")]
    [InlineData("orbit")]
    [InlineData("dolly")]
    public void ThePathUsesTheBoxAndClosesWithTheLoop(string kind)
    {
        var view = new ViewBox(new Vec3(0.1, 0.02, 0.05), new Vec3(0, 0, 2.5), new Vec3(0, -1, 0));
        var path = new LoopPath(kind, 50, view, loopFrames: 12, repeats: 3);
        Assert.Equal(36, path.Frames);
        var centres = Enumerable.Range(0, 36).Select(t => path.CamFromReference(t).Center).ToArray();
        Assert.All(centres, c => Assert.True(Math.Abs(c.X) <= 0.05 + 1e-9 && Math.Abs(c.Y) <= 0.01 + 1e-9 && Math.Abs(c.Z) <= 0.025 + 1e-9));
        Assert.Contains(centres, c => Math.Abs(c.X) > 0.0499 || Math.Abs(c.Z) > 0.0249);
        Assert.Equal(path.CamFromReference(5), path.CamFromReference(41));
        var largest = Enumerable.Range(1, 35).Max(t => (centres[t] - centres[t - 1]).Length);
        Assert.InRange((centres[35] - centres[0]).Length, 0, largest + 1e-9);
    }

    [Theory]
    [InlineData("spiral", 50)]
    [InlineData("", 50)]
    [InlineData("1", 50)]
    [InlineData("orbit", 101)]
    [InlineData("orbit", double.NaN)]
    public void APathThatIsNotThereIsRefused(string kind, double percent) =>
        Assert.Throws<Depth3DException>(() => new LoopPath(kind, percent, new ViewBox(Vec3.Zero, new Vec3(0, 0, 1), new Vec3(0, -1, 0)), 12, 1));

    private static double Uncovered(MultiTileVideo video, ViewBox view)
    {
        var renderer = new LoopRenderer(video);
        return ViewBoxCamera.Corners(view.Extent).Max(corner =>
        {
            var rgba = renderer.Render(RandomLoops.Camera, ViewBoxCamera.CamFromReference(view, corner), 0).Rgba;
            return rgba.Samples.Where((_, i) => i % 4 == 3).Average(alpha => alpha < 0.98 ? 1.0 : 0);
        });
    }
}
