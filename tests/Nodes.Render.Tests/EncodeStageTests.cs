using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.Layouts;

namespace Depth3D.Nodes.Render.Tests;

public sealed class EncodeStageTests : IDisposable
{
    private readonly TruthInputs _inputs = new();

    public void Dispose() => _inputs.Dispose();

    [Fact]
    public async Task The_four_videos_have_the_clips_frames_and_rate_and_the_same_bytes_each_time()
    {
        await _inputs.Run(new DepthStage());
        await _inputs.Run(new PointCloudStage());
        var first = await _inputs.Run(new EncodeStage());
        Assert.Equal([Artifacts.DepthVideo, Artifacts.PointCloudVideo, Artifacts.SideBySideVideo, Artifacts.SourceVideo], first.Select(f => f.Name));
        foreach (var file in first)
        {
            using var video = VideoReader.Open(_inputs.PathOf(Stages.Encode, file.Name));
            Assert.Equal(24, video.Info.FramesPerSecond, 1e-6);
            Assert.Equal(file.Name == Artifacts.SideBySideVideo ? (3 * TruthInputs.Width) + 8 : TruthInputs.Width, video.Info.Width);
            var count = 0;
            while (video.TryRead(out _, out _)) count++;
            Assert.Equal(TruthInputs.Frames, count);
        }

        Assert.Equal(first, await _inputs.Run(new EncodeStage()));
    }

    [Fact]
    public async Task The_source_video_looks_like_the_source()
    {
        await _inputs.Run(new DepthStage());
        await _inputs.Run(new PointCloudStage());
        await _inputs.Run(new EncodeStage());
        using var video = VideoReader.Open(_inputs.PathOf(Stages.Encode, Artifacts.SourceVideo));
        Assert.True(video.TryRead(out var rgb, out _));
        var frame = ImageFile.ReadRgb(_inputs.PathOf(Stages.Frames, Artifacts.Frame(0)));
        Assert.True(rgb.Samples.Zip(frame.Samples, (a, b) => Math.Abs(a - b)).Average() < 10);
    }

    [Fact]
    public async Task A_missing_picture_is_reported_and_no_video_is_left()
    {
        await _inputs.Run(new DepthStage());
        await Assert.ThrowsAsync<Depth3DException>(() => _inputs.Run(new EncodeStage()));
        Assert.False(_inputs.Exists(Stages.Encode, Artifacts.SourceVideo));
    }

    [Fact]
    public void The_role_offers_its_stages() =>
        Assert.Equal([Stages.Align, Stages.Merge, Stages.Depth, Stages.PointCloud, Stages.Encode], RenderRole.Stages.Select(s => s.Name));

    [Fact]
    public void Titles_are_drawn_inside_their_picture()
    {
        var canvas = new Raster<byte>(20, 10, 3);
        PixelFont.Draw(canvas, "If", 1, 1, 1, 200);
        // The letter I: three dots above, three below, five between.
        Assert.Equal(11, Enumerable.Range(0, 10).Sum(y => Enumerable.Range(0, 7).Count(x => canvas[x, y] == 200)));
        Assert.Equal((0, 200, 200, 200, 0), (canvas[1, 1], canvas[2, 1], canvas[3, 1], canvas[4, 1], canvas[5, 1]));
        PixelFont.Draw(canvas, "outside", 15, 8, 3, 200);
    }
}
