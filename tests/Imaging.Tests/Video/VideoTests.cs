using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Video;

public sealed class VideoTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(VideoCodec.H264, "a.mp4", 6)]
    [InlineData(VideoCodec.ProRes4444, "a.mov", 4)]
    [InlineData(VideoCodec.Ffv1, "a.mkv", 0)]
    public async Task Frames_return_in_order_with_their_times(VideoCodec codec, string name, int tolerance)
    {
        await using (var writer = VideoWriter.Open(_folder[name], 96, 64, 24, codec))
        {
            for (var i = 0; i < 12; i++) writer.Write(Clips.Frame(96, 64, i));
            await writer.FinishAsync();
        }

        using var reader = VideoReader.Open(_folder[name]);
        Assert.Equal((96, 64, 24.0, 0, false), (reader.Info.Width, reader.Info.Height, reader.Info.FramesPerSecond, reader.Info.RotationDegrees,
            reader.Info.IsVariableRate));
        var count = 0;
        while (reader.TryRead(out var frame, out var time))
        {
            Assert.Equal(count / 24.0, time, 2e-3);
            var expected = Clips.Frame(96, 64, count);
            Assert.InRange(expected.Samples.Zip(frame.Samples, (a, b) => Math.Abs(a - b)).Average(), 0, tolerance);
            count++;
        }

        Assert.Equal(12, count);
        Assert.Equal([name], _folder.Files);
    }

    [Fact]
    public async Task The_same_frames_give_the_same_bytes()
    {
        await Clips.Plain(_folder["a.mp4"]);
        await Clips.Plain(_folder["b.mp4"]);
        Assert.Equal(File.ReadAllBytes(_folder["a.mp4"]), File.ReadAllBytes(_folder["b.mp4"]));
    }

    [Fact]
    public async Task Odd_sizes_are_padded_by_repetition()
    {
        await Clips.Plain(_folder["a.mp4"], 65, 33);
        using var reader = VideoReader.Open(_folder["a.mp4"]);
        Assert.True(reader.TryRead(out var frame, out _));
        Assert.Equal((66, 34), (frame.Width, frame.Height));
        Assert.InRange(frame[65, 33, 1], 34, 46);
    }

    [Theory]
    [InlineData("90")]
    [InlineData("180")]
    [InlineData("270")]
    public async Task A_turned_clip_comes_upright(string degrees)
    {
        await Clips.Plain(_folder["a.mp4"]);
        await Clips.Make(_folder["turned.mp4"], "-i", _folder["a.mp4"], "-c", "copy", "-metadata:s:v:0", "rotate=" + degrees);
        await Clips.Make(_folder["upright.png"], "-i", _folder["turned.mp4"], "-frames:v", "1"); // ffmpeg turns by itself
        using var reader = VideoReader.Open(_folder["turned.mp4"]);
        Assert.NotEqual(0, reader.Info.RotationDegrees);
        Assert.True(reader.TryRead(out var frame, out _));
        var expected = ImageFile.ReadRgb(_folder["upright.png"]);
        Assert.Equal((expected.Width, expected.Height), (frame.Width, frame.Height));
        Assert.Equal((reader.Info.Width, reader.Info.Height), (frame.Width, frame.Height));
        Assert.InRange(expected.Samples.Zip(frame.Samples, (a, b) => Math.Abs(a - b)).Average(), 0, 3);
    }

    [Fact]
    public async Task A_variable_rate_is_seen_and_times_are_true()
    {
        await Clips.Make(_folder["v.mp4"], "-f", "lavfi", "-i", "testsrc=size=96x64:rate=10:duration=2", "-vf", "select='not(mod(n,3))+gt(n,10)'",
            "-vsync", "vfr", "-c:v", "libx264", "-pix_fmt", "yuv420p");
        using var reader = VideoReader.Open(_folder["v.mp4"]);
        Assert.True(reader.Info.IsVariableRate);
        var times = new List<double>();
        while (reader.TryRead(out _, out var time)) times.Add(time);
        double[] expected = [0, 0.3, 0.6, 0.9, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9];
        Assert.Equal(expected.Length, times.Count);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], times[i], 5e-3);
    }

    [Theory]
    [InlineData("with space.mp4")]
    [InlineData("-leading.mp4")]
    [InlineData("%05d.mp4")]
    [InlineData("concat:a|b.mp4")]
    [InlineData("Blätter 木.mp4")]
    [InlineData("new\nline.mp4")]
    [InlineData("pipe:0")]
    public async Task Names_mean_nothing_to_the_decoder(string name)
    {
        await Clips.Plain(_folder[name], frames: 3);
        using var reader = VideoReader.Open(_folder[name]);
        var count = 0;
        while (reader.TryRead(out _, out _)) count++;
        Assert.Equal(3, count);
    }

    [Fact]
    public async Task Skipping_and_reading_count_together()
    {
        using var reader = VideoReader.Open(await Clips.Plain(_folder["a.mp4"], frames: 5));
        Assert.True(reader.TrySkip(out _));
        Assert.True(reader.TryRead(out _, out var time));
        Assert.Equal(1 / 24.0, time, 2e-3);
        Assert.Equal(2, reader.Position);
    }

    [Fact]
    public async Task Disposing_before_the_end_leaves_nothing()
    {
        var writer = VideoWriter.Open(_folder["a.mp4"], 96, 64, 24);
        writer.Write(Clips.Frame(96, 64, 0));
        await writer.DisposeAsync();
        await writer.DisposeAsync();
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Cancelling_ends_ffmpeg_and_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        await using (var writer = VideoWriter.Open(_folder["a.mp4"], 96, 64, 24, cancellation: cancel.Token))
        {
            writer.Write(Clips.Frame(96, 64, 0));
            await cancel.CancelAsync();
            Assert.ThrowsAny<OperationCanceledException>(() => writer.Write(Clips.Frame(96, 64, 1)));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(writer.FinishAsync);
        }

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task A_video_without_frames_is_refused()
    {
        await using (var writer = VideoWriter.Open(_folder["a.mp4"], 96, 64, 24))
            await Assert.ThrowsAsync<Depth3DException>(writer.FinishAsync);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Ffmpegs_reason_reaches_the_error()
    {
        Directory.CreateDirectory(_folder["a.mp4.part"]); // ffmpeg cannot open it as a file
        await using var writer = VideoWriter.Open(_folder["a.mp4"], 640, 480, 24);
        var error = await Assert.ThrowsAsync<Depth3DException>(async () =>
        {
            for (var i = 0; i < 100; i++) writer.Write(Clips.Frame(640, 480, i % 20));
            await writer.FinishAsync();
        });
        Assert.Contains("directory", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(FailureKind.Storage, error.Kind);
    }

    [Fact]
    public void A_missing_folder_is_refused_at_once() =>
        Assert.Equal(FailureKind.Storage, Assert.Throws<Depth3DException>(() => VideoWriter.Open(_folder["none/a.mp4"], 96, 64, 24)).Kind);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_absurd_rate_is_refused(double fps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VideoWriter.Open(_folder["a.mp4"], 96, 64, fps));
}
