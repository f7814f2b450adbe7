using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Paths;

namespace Depth3D.Rendering.Tests.Paths;

public sealed class CameraPathTests
{
    private static readonly RigidTransform Source = new(Mat3.FromRotationVector(new(0.1, -0.4, 0.2)), new(1, 2, 3));

    [Theory]
    [InlineData("swing")]
    [InlineData("orbit")]
    public void The_middle_at_median_depth_keeps_its_place(string kind)
    {
        var path = CameraPath.Parse(kind, 8, 5);
        var pivot = Source.Inverse().Apply(new(0, 0, 5));
        for (var i = 0; i < 24; i++)
        {
            var seen = path.CamFromWorld(i, 24, Source).Apply(pivot);
            Assert.Equal(0, (seen - new Vec3(0, 0, 5)).Length, 1e-12);
        }
    }

    [Fact]
    public void A_swing_reaches_its_amplitude_to_both_sides_and_starts_at_the_source()
    {
        var path = CameraPath.Parse("swing", 8, 5);
        Assert.Equal(0, (path.CamFromWorld(0, 48, Source).Translation - Source.Translation).Length, 1e-12);
        var centers = Enumerable.Range(0, 48).Select(i => path.CamFromWorld(i, 48, RigidTransform.Identity).Center.X).ToArray();
        Assert.Equal(5 * Math.Sin(8 * Math.PI / 180), centers.Max(), 0.01);
        Assert.Equal(-centers.Max(), centers.Min(), 0.01);
    }

    [Fact]
    public void An_orbit_rises_above_the_source_camera()
    {
        var path = CameraPath.Parse("orbit", 10, 5);
        Assert.True(path.CamFromWorld(24, 48, RigidTransform.Identity).Center.Y < -0.5);
    }

    [Fact]
    public void A_dolly_moves_along_the_view_by_its_share_of_the_depth()
    {
        var center = CameraPath.Parse("dolly", 20, 5).CamFromWorld(24, 48, RigidTransform.Identity).Center;
        Assert.Equal(0, (center - new Vec3(0, 0, 1)).Length, 1e-12);
    }

    [Fact]
    public void The_source_path_is_the_source() => Assert.Equal(Source, CameraPath.Parse("source", 6, 5).CamFromWorld(7, 48, Source) with { });

    [Theory]
    [InlineData("spiral", 6, 5)]
    [InlineData("1", 6, 5)]
    [InlineData("", 6, 5)]
    [InlineData("swing", -1, 5)]
    [InlineData("swing", double.NaN, 5)]
    [InlineData("dolly", 100, 5)]
    [InlineData("swing", 6, 0)]
    public void Nonsense_is_refused(string name, double amplitude, double pivotDepth) =>
        Assert.Throws<Depth3DException>(() => CameraPath.Parse(name, amplitude, pivotDepth));
}
