using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects.Fog;
using Depth3D.Rendering.Effects.Relight;
using Depth3D.Rendering.Effects.Surfaces;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.Effects;

public sealed class LightTests
{
    [Fact]
    public void Every_byte_survives_light_and_back()
    {
        for (var v = 0; v < 256; v++) Assert.Equal(v, LinearLight.ToByte(LinearLight.FromByte((byte)v)));
    }

    [Fact]
    public void Fog_leaves_two_percent_of_contrast_at_the_visibility()
    {
        foreach (var (depth, share) in (IEnumerable<(float, double)>)[(1, 1), (5.5f, Math.Exp(-3.912 / 2)), (10, 0.02)])
        {
            var clip = new PlaneClip(32, 24, (_, _) => depth, (_, _) => 255);
            var picture = EffectRun.Render(new FogSettings { Colour = "#000000", Start = 1, Visibility = 10 }, clip);
            Assert.Equal(share, LinearLight.FromByte(picture[16, 12]), 0.005);
        }
    }

    [Fact]
    public void Normals_are_those_of_the_scene()
    {
        var clip = new TruthSceneClip(TruthScene.Named("room", 2), 320, 180);
        var points = clip.Frame(0).WorldPoints;
        var normals = SurfaceNormals.Make(clip.Depth(0), clip.Intrinsics);
        var rotation = clip.CamFromWorld(0).Rotation;
        var (good, all) = (0, 0);
        for (var y = 8; y < 172; y += 4)
        {
            for (var x = 8; x < 312; x += 4)
            {
                // Corners and edges have no normal: only where a wide and a narrow look agree.
                Vec3 truth = Normal(points, x, y, 2), wide = Normal(points, x, y, 6);
                if (truth.Dot(wide) < 0.995) continue;
                truth = rotation * truth;
                var own = normals[(y * 320) + x];
                all++;
                if (truth.Dot(new Vec3(own.X, own.Y, own.Z)) > 0.97) good++;
            }
        }

        Assert.True(all > 1200 && good > 0.95 * all, $"{good} of {all}");
    }

    [Fact]
    public void A_lamp_is_brightest_where_it_hangs_and_lights_no_back()
    {
        var clip = new PlaneClip(160, 120, (_, _) => 4, (_, _) => 120);
        var picture = EffectRun.Render(new RelightSettings { X = 50, Y = 60, Lift = 0.2, Colour = "#ffffff", Ambient = 0.2, Shadow = 0 }, clip);
        var brightest = Enumerable.Range(0, 160).MaxBy(x => picture[x, 60]);
        Assert.Equal(50, brightest, 3.0);

        var behind = EffectRun.Render(new RelightSettings { Direction = new Vec3(0, 0, 1), Ambient = 0.25 }, clip);
        Assert.Equal(LinearLight.FromByte(120) * 0.25, LinearLight.FromByte(behind[80, 60]), 0.01);
    }

    [Fact]
    public void Something_near_throws_a_shadow_on_the_wall()
    {
        // A post before a wall, light from the right: the wall to the left of the post is dark.
        var clip = new PlaneClip(200, 120, (x, _) => x is >= 95 and < 105 ? 3.6f : 4, (x, _) => (byte)(x is >= 95 and < 105 ? 60 : 150));
        var settings = new RelightSettings { Direction = new Vec3(1, 0, -1), Ambient = 0, Colour = "#ffffff" };
        var with = EffectRun.Render(settings, clip);
        var without = EffectRun.Render(settings with { Shadow = 0 }, clip);
        Assert.True(with[85, 60] < without[85, 60] - 20, $"{with[85, 60]} and {without[85, 60]}");
        Assert.Equal(without[150, 60], with[150, 60]);
    }

    [Fact]
    public void Values_that_make_no_sense_are_refused()
    {
        Assert.Throws<Depth3DException>(() => new FogSettings { Colour = "grey" }.Open());
        Assert.Throws<Depth3DException>(() => new FogSettings { Visibility = 0 }.Open());
        Assert.Throws<Depth3DException>(() => new RelightSettings { Intensity = double.PositiveInfinity }.Open());
        Assert.Throws<Depth3DException>(() => new RelightSettings { Direction = Vec3.Zero }.Open());
        Assert.Throws<Depth3DException>(() => new RelightSettings { X = 3 }.Open());
    }

    private static Vec3 Normal(Raster<float> points, int x, int y, int step) =>
        (Point(points, x, y + step) - Point(points, x, y - step)).Cross(Point(points, x + step, y) - Point(points, x - step, y)).Normalized;

    private static Vec3 Point(Raster<float> points, int x, int y) => new(points[x, y, 0], points[x, y, 1], points[x, y, 2]);
}
