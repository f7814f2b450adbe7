using Depth3D.Imaging;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.TruthScenes;

public sealed class TruthLoopTests
{
    public static TheoryData<string> Loops => [.. TruthLoop.Names];

    [Theory]
    [MemberData(nameof(Loops))]
    public void A_period_later_everything_is_as_it_was_and_not_before(string name)
    {
        var loop = TruthLoop.Named(name, periodFrames: 12, views: 3);
        var now = loop.Render(1, 3.25, 96, 54).Rgb;
        Assert.Equal(now.Samples, loop.Render(1, 3.25 + 12, 96, 54).Rgb.Samples);
        foreach (var part in new[] { 2, 3, 4 })
            Assert.True(MeanDifference(now, loop.Render(1, 3.25 + (12.0 / part), 96, 54).Rgb) > 1, $"1/{part} of the period");
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public void Only_the_loop_moves_and_it_is_a_fair_part_of_every_picture(string name)
    {
        var loop = TruthLoop.Named(name, periodFrames: 12);
        for (var view = 0; view < loop.Views; view++)
        {
            var (a, b) = (loop.Render(view, 0, 96, 54), loop.Render(view, 5, 96, 54));
            var moving = Enumerable.Range(0, a.Rgb.PixelCount).Count(i => a.MovingMask.Samples[i] != 0);
            Assert.InRange((double)moving / a.Rgb.PixelCount, 0.1, 0.5);
            for (var i = 0; i < a.Rgb.PixelCount; i++)
            {
                var x = i % 96;
                if (Near(a.MovingMask, x, i / 96) || Near(b.MovingMask, x, i / 96)) continue;
                Assert.Equal(a.Rgb.Samples[3 * i], b.Rgb.Samples[3 * i]);
            }
        }
    }

    [Fact]
    public void Views_are_recorded_out_of_step_by_parts_of_frames()
    {
        var loop = TruthLoop.Named("flag", 30);
        var starts = Enumerable.Range(0, loop.Views).Select(loop.StartOf).ToArray();
        Assert.All(starts, s => Assert.InRange(s, 0, 30));
        for (var a = 0; a < starts.Length; a++)
            for (var b = a + 1; b < starts.Length; b++) Assert.True(Math.Abs(starts[a] - starts[b]) > 0.5);
    }

    [Fact]
    public async Task The_folder_holds_the_frames_of_every_view()
    {
        using var folder = new TemporaryFolder();
        var loop = TruthLoop.Named("water", 6, views: 2);
        await TruthLoopFolder.WriteAsync(folder["loop"], loop, 32, 24, 8);
        using var reader = VideoReader.Open(Path.Combine(folder["loop"], TruthLoopFolder.ClipsFolder, TruthLoopFolder.ClipName(1)));
        var expected = loop.Recording(1, 9, 32, 24);
        var count = 0;
        while (reader.TryRead(out var frame, out _)) Assert.Equal(expected[count++].Samples, frame.Samples);
        Assert.Equal(9, count);
        Assert.True(File.Exists(Path.Combine(folder["loop"], TruthLoopFolder.CamerasFile)));
        Assert.True(File.Exists(Path.Combine(folder["loop"], TruthLoopFolder.InfoFile)));
    }

    private static bool Near(Raster<byte> mask, int x, int y)
    {
        for (var dy = -1; dy <= 1; dy++)
            for (var dx = -1; dx <= 1; dx++)
            {
                if (mask[Math.Clamp(x + dx, 0, mask.Width - 1), Math.Clamp(y + dy, 0, mask.Height - 1)] != 0) return true;
            }

        return false;
    }

    private static double MeanDifference(Raster<byte> a, Raster<byte> b)
    {
        long sum = 0;
        for (var i = 0; i < a.Samples.Length; i++) sum += Math.Abs(a.Samples[i] - b.Samples[i]);
        return (double)sum / a.Samples.Length;
    }
}
