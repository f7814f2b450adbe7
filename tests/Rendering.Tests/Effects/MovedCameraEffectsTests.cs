using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.DollyZoom;
using Depth3D.Rendering.Effects.PointClouds;
using Depth3D.Rendering.Effects.Stereo;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.Effects;

public sealed class MovedCameraEffectsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Eyes_see_a_surface_shifted_as_its_depth_says()
    {
        var scene = new FlatScene(1);
        var settings = new StereoSettings { BaselineUnits = 0.2, ConvergenceUnits = 8 };
        var picture = Render(scene, settings, 0);
        Assert.Equal((2 * FlatScene.Width, FlatScene.Height), (picture.Width, picture.Height));

        var (left, right) = (CardMiddle(picture, 0), CardMiddle(picture, FlatScene.Width));
        var expected = FlatScene.Focal * 0.2 * ((1 / 8.0) - (1 / FlatScene.CardDepth));
        Assert.Equal(expected, right - left, 0.1);
    }

    [Fact]
    public void Without_a_baseline_both_eyes_see_the_source_and_the_anaglyph_is_grey_where_it_is()
    {
        var scene = new FlatScene(1);
        var source = scene.Rgb(0);
        var both = Render(scene, new StereoSettings { Baseline = 0, Accumulate = false }, 0);
        for (var y = 0; y < source.Height; y++)
        {
            Assert.True(source.Row(y).SequenceEqual(both.Row(y)[..(3 * source.Width)]), $"left eye, row {y}");
            Assert.True(source.Row(y).SequenceEqual(both.Row(y)[(3 * source.Width)..]), $"right eye, row {y}");
        }

        var anaglyph = Render(scene, new StereoSettings { Baseline = 0, Layout = "anaglyph", Accumulate = false }, 0);
        Assert.InRange(anaglyph[FlatScene.Width / 2, FlatScene.Height / 2, 0], 250, 255);
        Assert.Equal(0, anaglyph[2, 2, 0]);
    }

    [Theory]
    [InlineData("side-by-side", 640, 180)]
    [InlineData("side-by-side-half", 320, 180)]
    [InlineData("top-bottom", 320, 360)]
    [InlineData("anaglyph", 320, 180)]
    [InlineData("left", 320, 180)]
    [InlineData("right", 320, 180)]
    public void Every_stereo_layout_has_the_size_it_says_and_no_holes(string layout, int width, int height)
    {
        var effect = new StereoSettings { Layout = layout, Accumulate = false, BaselineUnits = 0.5 }.Open();
        using var renderer = effect.Renderer(new FlatScene(1), null);
        var picture = renderer.Render(0);
        Assert.Equal((width, height, 3), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal(renderer.Size, (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData(-0.8, 0)]
    [InlineData(0.5, 0)]
    [InlineData(-0.5, 0.12)]
    public void A_dolly_zoom_holds_the_subjects_width_within_a_percent_and_changes_the_background(double travel, double cameraStep)
    {
        var scene = new FlatScene(9, cameraStep);
        var settings = new DollyZoomSettings { X = FlatScene.Width / 2, Y = FlatScene.Height / 2, Travel = travel, Curve = "linear" };
        var prepared = Path.Combine(_folder.Path, "prepared");
        var effect = settings.Open();
        Assert.True(effect.Prepare(scene, prepared, new Progress<double>(), CancellationToken.None));
        using var renderer = effect.Renderer(scene, prepared);
        var first = CardWidth(renderer.Render(0));
        Assert.Equal(FlatScene.Focal * FlatScene.CardWidth / FlatScene.CardDepth, first, 1.0);
        foreach (var frame in new[] { 2, 4, 8 }) Assert.Equal(1, CardWidth(renderer.Render(frame)) / first, 0.01);

        // A wall point moves by as much as camera and lens say, so the zoom is one.
        var path = new DollyZoomPath(settings, [.. Enumerable.Range(0, 9).Select(i => FlatScene.CardDepth - (cameraStep * i))]);
        var camera = path.At(8, new(scene.Intrinsics, scene.CamFromWorld(8)));
        var wall = camera.Intrinsics.Fx / camera.CamFromWorld.Apply(new(0, 0, FlatScene.WallDepth)).Z;
        Assert.True(Math.Abs((wall / (FlatScene.Focal / FlatScene.WallDepth)) - 1) > 0.05, $"the wall's scale is {wall:F2}");
    }

    [Fact]
    public void A_dolly_zoom_follows_what_moves()
    {
        var clip = new TruthSceneClip(TruthScene.Courtyard(12), 160, 96);
        var mask = clip.Moving(0);
        var at = Array.IndexOf(mask.Samples, (byte)255);
        var depths = Subject.Depths(clip, new() { X = at % 160, Y = at / 160 }, CancellationToken.None);
        for (var i = 0; i < 12; i++) Assert.InRange(depths[i], 4, 8);
        for (var i = 1; i < 12; i++) Assert.InRange(depths[i] / depths[i - 1], 0.97, 1.03);
    }

    [Fact]
    public void A_ball_in_flight_keeps_its_size_within_a_percent_through_a_dolly_zoom()
    {
        const int ball = 2, frames = 9;
        var clip = new TruthSceneClip(TruthScene.Courtyard(frames), 320, 180, samples: 1);
        int[] pixels = [.. Enumerable.Range(0, 320 * 180).Where(i => clip.Frame(0).BodyIds.Samples[i] == ball)];
        var settings = new DollyZoomSettings { X = pixels.Average(i => i % 320), Y = pixels.Average(i => i / 320), Travel = -0.6, Curve = "linear" };
        var path = new DollyZoomPath(settings, Subject.Depths(clip, settings, CancellationToken.None));
        var first = Diameter(0);
        foreach (var frame in new[] { 2, 5, 8 }) Assert.Equal(1, Diameter(frame) / first, 0.01);

        // As the ray caster sees it from the effect's camera: that of a disc of the same area, to a fraction of a pixel.
        double Diameter(int frame)
        {
            var camera = path.At(frame, new(clip.Intrinsics, clip.CamFromWorld(frame)));
            return Math.Sqrt(clip.Seen(frame, camera.Intrinsics.ScaledTo(640, 360), camera.CamFromWorld).BodyIds.Samples.Count(b => b == ball));
        }
    }

    [Fact]
    public void A_point_cloud_on_a_transparent_ground_is_open_where_nothing_is_and_the_same_in_any_order()
    {
        var clip = new TruthSceneClip(TruthScene.Courtyard(6), 160, 96);
        var effect = new PointCloudSettings { Background = "transparent", Path = "source", Right = 0.4, Accumulate = false }.Open();
        using var renderer = effect.Renderer(clip, null);
        var late = renderer.Render(4);
        Assert.Equal(4, late.Channels);
        Assert.Equal(0, late[158, 50, 3]);
        Assert.Contains(late.Samples.Where((_, i) => i % 4 == 3), a => a == 255);

        using var again = effect.Renderer(clip, null);
        again.Render(1);
        Assert.Equal(late.Samples, again.Render(4).Samples);
    }

    [Theory]
    [InlineData("view", 160, 96)]
    [InlineData("source,view", 324, 108)]
    [InlineData("source,depth,view", 488, 108)]
    public void Panels_stand_side_by_side(string layout, int width, int height)
    {
        var clip = new TruthSceneClip(TruthScene.Courtyard(2), 160, 96);
        using var renderer = new PointCloudSettings { Layout = layout, Accumulate = false, Look = "surface", Outliers = "none" }.Open().Renderer(clip, null);
        Assert.Equal((width, height), renderer.Size);
        var picture = renderer.Render(1);
        Assert.Equal((width, height), (picture.Width, picture.Height));
    }

    [Fact]
    public void Pictures_may_be_larger_than_the_clip()
    {
        using var renderer = new PointCloudSettings { Width = 480, Accumulate = false, Paint = true }.Open().Renderer(new FlatScene(1), null);
        Assert.Equal((480, 270), renderer.Size);
        Assert.Equal(480, renderer.Render(0).Width);
    }

    [Fact]
    public void A_clip_in_which_everything_moves_has_no_background_and_is_shown_all_the_same()
    {
        var mask = new Raster<byte>(FlatScene.Width, FlatScene.Height);
        mask.Samples.AsSpan().Fill(255);
        var scene = new FlatScene(2) { Mask = mask };
        var picture = Render(scene, new PointCloudSettings { Path = "source", Outliers = "none" }, 1);
        Assert.Equal(255, picture[FlatScene.Width / 2, FlatScene.Height / 2, 0]);
    }

    [Fact]
    public void Settings_come_back_from_json_as_they_were()
    {
        EffectSettings[] all = [new PointCloudSettings { Look = "surface", PathFile = "/a/b.json" }, new StereoSettings { BaselineUnits = 0.065 }, new DollyZoomSettings { X = 0.2, Y = 0.7 }];
        foreach (var settings in all) Assert.Equal(settings, JsonSerializer.Deserialize<EffectSettings>(JsonSerializer.Serialize(settings)));
    }

    public static TheoryData<EffectSettings> Nonsense { get; } =
    [
        new PointCloudSettings { Look = "mesh" }, new PointCloudSettings { Amplitude = double.NaN }, new PointCloudSettings { Path = "spiral" },
        new PointCloudSettings { Background = "blue" }, new PointCloudSettings { Layout = "source" }, new PointCloudSettings { Layout = "source,view", Background = "transparent" },
        new PointCloudSettings { Supersampling = 9 }, new PointCloudSettings { Width = 100_000 }, new PointCloudSettings { Forward = double.PositiveInfinity },
        new PointCloudSettings { PathFile = "/no/such/path.json" }, new StereoSettings { Baseline = -1 }, new StereoSettings { Layout = "holo" },
        new DollyZoomSettings { X = 0.5 }, new DollyZoomSettings { X = -2, Y = 0 }, new DollyZoomSettings { Travel = 1 }, new DollyZoomSettings { Curve = "bounce" },
    ];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_is_refused_before_a_clip_is_opened(EffectSettings settings)
    {
        var error = Assert.Throws<Depth3DException>(settings.Open);
        Assert.NotNull(error.Remedy);
    }

    [Theory]
    [InlineData(0, 0, 5)]
    [InlineData(9, 0, 0)]
    public void A_path_that_leaves_the_scene_is_refused_with_the_frame(double right, double down, double forward)
    {
        var effect = new PointCloudSettings { Path = "source", Right = right, Down = down, Forward = forward, Accumulate = false }.Open();
        var error = Assert.Throws<Depth3DException>(() => effect.Prepare(new FlatScene(3), Path.Combine(_folder.Path, "p"), new Progress<double>(), CancellationToken.None));
        Assert.Contains("leaves the scene", error.Message, StringComparison.Ordinal);
        Assert.Contains("frame 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eyes_too_far_apart_and_frames_that_do_not_exist_are_refused()
    {
        var file = Path.Combine(_folder.Path, "p");
        Assert.Throws<Depth3DException>(() => new StereoSettings { BaselineUnits = 50 }.Open().Prepare(new FlatScene(1), file, new Progress<double>(), CancellationToken.None));
        Assert.Throws<Depth3DException>(() => new DollyZoomSettings { X = 900, Y = 3 }.Open().Prepare(new FlatScene(3), file, new Progress<double>(), CancellationToken.None));
        Assert.Throws<Depth3DException>(() => new DollyZoomSettings { Frame = 7 }.Open().Prepare(new FlatScene(3), file, new Progress<double>(), CancellationToken.None));
    }

    private Raster<byte> Render(ISceneClip clip, EffectSettings settings, int frame)
    {
        var prepared = Path.Combine(_folder.Path, "prepared");
        var effect = settings.Open();
        var has = effect.Prepare(clip, prepared, new Progress<double>(), CancellationToken.None);
        using var renderer = effect.Renderer(clip, has ? prepared : null);
        return renderer.Render(frame);
    }

    /// <summary>Middle of the white part of the middle row, weighted by grey level, columns from <paramref name="from"/>.</summary>
    private static double CardMiddle(Raster<byte> picture, int from)
    {
        double sum = 0, weights = 0;
        for (var x = 0; x < FlatScene.Width; x++)
        {
            double grey = picture[from + x, picture.Height / 2, 1];
            sum += grey * x;
            weights += grey;
        }

        return sum / weights;
    }

    private static double CardWidth(Raster<byte> picture)
    {
        double sum = 0;
        for (var x = 0; x < picture.Width; x++) sum += picture[x, picture.Height / 2, 1] / 255.0;
        return sum;
    }
}
