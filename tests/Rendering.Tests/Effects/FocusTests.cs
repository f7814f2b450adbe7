using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Effects.Focus;
using Depth3D.Rendering.Effects.Surfaces;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.Effects;

public sealed class FocusTests
{
    private const int Width = 1280, Height = 48;

    /// <summary>c = f^2 / (N (s - f)) |z - s| / z on the sensor; half of it, in pixels, is the blur's radius.</summary>
    [Theory]
    [InlineData(50, 1.4, 2.0, 4.0)]
    [InlineData(50, 2.0, 2.0, 1.2)]
    [InlineData(85, 2.0, 3.0, 6.0)]
    [InlineData(35, 1.2, 1.0, 1.8)]
    public void A_step_edge_blurs_as_far_as_the_thin_lens_says(double focal, double fNumber, double focus, double depth)
    {
        const double sensor = 36;
        var clip = new PlaneClip(Width, Height, (_, _) => (float)depth, (x, _) => (byte)(x < Width / 2 ? 0 : 255));
        var settings = new FocusSettings
        {
            Keys = [new FocusKey(0, Depth: focus)],
            FNumber = fNumber,
            FocalMillimetres = focal,
            SensorMillimetres = sensor,
            MaxBlur = 0.2,
        };
        var f = focal / 1000;
        var expected = 0.5 * f * f / (fNumber * (focus - f)) * Math.Abs(depth - focus) / depth / (sensor / 1000) * Width;
        Assert.InRange(expected, 3.5, 40);

        Assert.Equal(expected, EdgeRadius(EffectRun.Render(settings, clip)), expected * 0.05);
    }

    [Theory]
    [InlineData(BokehShape.Disc)]
    [InlineData(BokehShape.Hexagon)]
    [InlineData(BokehShape.Ring)]
    public void A_point_becomes_the_aperture_and_keeps_its_light(BokehShape shape)
    {
        var clip = new PlaneClip(160, 160, (_, _) => 4, (x, y) => (byte)(x is 79 or 80 && y is 79 or 80 ? 255 : 0));
        var settings = new FocusSettings { Keys = [new FocusKey(0, Depth: 2)], Strength = 0.1, MaxBlur = 0.2, Shape = shape };
        var picture = EffectRun.Render(settings, clip);
        double sum = 0, moment = 0;
        for (var y = 0; y < 160; y++)
        {
            for (var x = 0; x < 160; x++)
            {
                var light = LinearLight.FromByte(picture[x, y]);
                sum += light;
                moment += light * (((x - 79.5) * (x - 79.5)) + ((y - 79.5) * (y - 79.5)));
            }
        }

        // Half the strength at infinity is half of what lies between the focus, at half the median depth, and the median: 8 pixels.
        Assert.Equal(4, sum, 0.2);
        var radius = Math.Sqrt(2 * moment / sum);
        Assert.Equal(shape == BokehShape.Ring ? 9.1 : 8.0, radius, 0.6);
    }

    [Fact]
    public void What_is_in_focus_stays_as_it_is()
    {
        var clip = new TruthSceneClip(TruthScene.Named("boxes", 11), 320, 180);
        var source = clip.Rgb(10);
        var depth = clip.Depth(10);
        var settings = new FocusSettings { Keys = [new FocusKey(10, X: 40, Y: 40)], Strength = 0.04, MaxBlur = 0.012 };
        var focus = ScenePoint.DepthAt(clip, 10, 40, 40);
        var picture = EffectRun.Render(settings, clip, 10)[0];

        // Where nothing nearer is within reach of the largest blur.
        var nearest = BoxExtremes.Min(depth, 6);
        var (inFocus, blurred) = (0, 0);
        for (var i = 0; i < depth.Samples.Length; i++)
        {
            var difference = Enumerable.Range(3 * i, 3).Max(k => Math.Abs(picture.Samples[k] - source.Samples[k]));
            if (depth.Samples[i] < 0.7 * focus && difference > 8) blurred++;
            if (Math.Abs(depth.Samples[i] - focus) > 0.01 * focus || nearest.Samples[i] < 0.97 * focus) continue;
            Assert.True(difference <= 1, $"pixel {i % 320},{i / 320} differs by {difference}");
            inFocus++;
        }

        Assert.True(inFocus > 150, $"{inFocus} pixels in focus");
        Assert.True(blurred > 3000, $"{blurred} pixels blurred");
    }

    [Fact]
    public void A_blurred_background_takes_no_colour_from_what_is_sharp_before_it()
    {
        // A black wall with a white card in focus before it, twice as near.
        var clip = new PlaneClip(200, 120, (x, _) => x < 100 ? 2 : 4, (x, _) => (byte)(x < 100 ? 255 : 0));
        var picture = EffectRun.Render(new FocusSettings { Keys = [new FocusKey(0, Depth: 2)], Strength = 0.1, MaxBlur = 0.2 }, clip);

        Assert.All(Enumerable.Range(0, 98), x => Assert.Equal(255, picture[x, 60]));
        Assert.All(Enumerable.Range(102, 98), x => Assert.InRange(picture[x, 60], 0, 2));
    }

    [Fact]
    public void A_blurred_foreground_reaches_over_what_is_sharp_behind_it_on_both_sides_of_its_edge()
    {
        var clip = new PlaneClip(200, 120, (x, _) => x < 100 ? 2 : 4, (x, _) => (byte)(x < 100 ? 255 : 0));
        var picture = EffectRun.Render(new FocusSettings { Keys = [new FocusKey(0, Depth: 4)], Strength = 0.1, MaxBlur = 0.2 }, clip);

        Assert.InRange(LinearLight.FromByte(picture[99, 60]), 0.4, 0.6);
        Assert.True(picture[97, 60] < 250 && picture[102, 60] > 20, "no soft edge");
        Assert.Equal(255, picture[60, 60]);
        Assert.Equal(0, picture[140, 60]);
    }

    [Fact]
    public void A_pull_goes_smoothly_from_what_moves_to_the_wall()
    {
        var clip = new TruthSceneClip(TruthScene.Named("boxes", 24), 160, 90);
        var settings = new FocusSettings { Keys = [FocusKey.Parse("2:moving"), FocusKey.Parse("8:moving"), FocusKey.Parse("16:20,3")] };
        var depths = FocusCurve.Make(clip, settings, new Progress<double>(), CancellationToken.None);

        Assert.Equal(24, depths.Length);
        Assert.InRange(depths[0], 3.5, 8.5);
        Assert.InRange(depths[23], 8.5, 12);
        for (var i = 1; i < depths.Length; i++) Assert.InRange(Math.Abs((1 / depths[i]) - (1 / depths[i - 1])), 0, 0.04);
    }

    [Fact]
    public void Something_that_is_hidden_for_a_while_is_followed_to_the_other_side()
    {
        var clip = new PlaneClip(160, 90, (x, _) => 2 + (x / 100f), (_, _) => 90, frames: 12)
        {
            Moves = (frame, x, y) => frame is < 5 or > 7 && Math.Abs(x - (20 + (6 * frame))) < 8 && y is > 30 and < 60,
        };
        var depths = FocusCurve.Make(clip, new FocusSettings { Keys = [new FocusKey(0, Moving: true)], SmoothingFrames = 0 }, new Progress<double>(), CancellationToken.None);

        for (var i = 0; i < 12; i++) Assert.Equal(2.2 + (0.06 * i), depths[i], 0.03);
    }

    [Fact]
    public void Frames_do_not_depend_on_their_order()
    {
        var clip = new TruthSceneClip(TruthScene.Named("boxes", 8), 160, 90);
        var settings = new FocusSettings { Keys = [FocusKey.Parse("0:moving")] };
        var forwards = EffectRun.Render(settings, clip, 1, 5);
        var backwards = EffectRun.Render(settings, clip, 5, 1);
        Assert.Equal(forwards[0].Samples, backwards[1].Samples);
        Assert.Equal(forwards[1].Samples, backwards[0].Samples);
    }

    [Theory]
    [InlineData("0:2.5", "0:2.5")]
    [InlineData("12:moving", "12:moving")]
    [InlineData("12:moving@3,4.5", "12:moving@3,4.5")]
    [InlineData("7:100,20", "7:100,20")]
    public void Keys_are_read_as_they_are_written(string text, string again) => Assert.Equal(again, FocusKey.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("-1:2")]
    [InlineData("0:-2")]
    [InlineData("0:0")]
    [InlineData("0:1e400")]
    [InlineData("0:nan")]
    [InlineData("0:1,2,3")]
    [InlineData("0:moving@1")]
    public void Other_keys_are_refused(string text) =>
        Assert.Equal(FailureKind.Usage, Assert.Throws<Depth3DException>(() => FocusKey.Parse(text)).Kind);

    [Fact]
    public void A_lens_too_long_for_its_focus_is_refused_with_the_reason()
    {
        var clip = new PlaneClip(64, 48, (_, _) => 2, (_, _) => 0);
        var settings = new FocusSettings { Keys = [new FocusKey(0, Depth: 2)], FNumber = 2, FocalMillimetres = 3000 };
        Assert.Contains("cannot focus", Assert.Throws<Depth3DException>(() => EffectRun.Render(settings, clip)).Message);
        Assert.Throws<Depth3DException>(() => (settings with { FocalMillimetres = 1e30 }).Open());
    }

    [Fact]
    public void A_frame_or_pixel_that_is_not_there_is_refused()
    {
        var clip = new PlaneClip(64, 48, (_, _) => 2, (_, _) => 0);
        foreach (var key in (string[])["9:2", "0:64,2", "0:moving"])
            Assert.Equal(FailureKind.Usage, Assert.Throws<Depth3DException>(() => EffectRun.Render(new FocusSettings { Keys = [FocusKey.Parse(key)] }, clip)).Kind);
    }

    /// <summary>Radius of the disc whose blur gives an edge its spread: the variance of a disc along an axis is r^2 / 4, the pixel adds 1/12.</summary>
    private static double EdgeRadius(Raster<byte> picture)
    {
        double sum = 0, first = 0, second = 0;
        for (var x = 1; x < Width; x++)
        {
            var slope = LinearLight.FromByte(picture[x, Height / 2]) - LinearLight.FromByte(picture[x - 1, Height / 2]);
            sum += slope;
            first += slope * x;
            second += slope * x * x;
        }

        var variance = (second / sum) - (first / sum * (first / sum));
        return 2 * Math.Sqrt(Math.Max(0, variance - (1.0 / 12)));
    }
}
