using Depth3D.Nodes.Preprocess.Frames;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Tests.Frames;

public sealed class FrameTimesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    public void Without_a_rate_24_is_assumed_with_a_warning(double rate)
    {
        var times = FrameTimes.Of([0, 1, 2], rate);
        Assert.Equal((24, true), (times.FramesPerSecond, times.Warning is not null));
        Assert.Equal(1 / 24.0, times.Seconds[1], 1e-6);
    }

    [Fact]
    public void A_rate_beyond_reason_is_not_believed() => Assert.NotNull(FrameTimes.Of([0, 1e-6, 2e-6], 1e6).Warning);

    [Fact]
    public void The_median_step_decides() => Assert.Equal(10, FrameTimes.Of([5, 5.1, 5.2, 5.9, 6.0, 6.1], 7).FramesPerSecond, 1e-6);

    [Fact]
    public void Ticks_of_the_container_do_not_blur_the_rate() =>
        Assert.Equal(24000 / 1001.0, FrameTimes.Of([0, 0.042, 0.083, 0.125], 24000 / 1001.0).FramesPerSecond, 1e-5);

    [Theory]
    [InlineData(1920, 1080, 640, 360, 256, 144)]
    [InlineData(854, 480, 640, 360, 256, 144)]
    [InlineData(1080, 1920, 360, 640, 144, 256)]
    [InlineData(640, 480, 640, 480, 256, 192)]
    [InlineData(70, 70, 70, 70, 64, 64)]
    public void Sizes_follow_the_long_side(int width, int height, int workWidth, int workHeight, int trainWidth, int trainHeight)
    {
        var size = WorkingSize.Choose(width, height, new FramesOptions(), new TrainOptions(), "x");
        Assert.Equal((workWidth, workHeight, trainWidth, trainHeight), (size.Width, size.Height, size.TrainWidth, size.TrainHeight));
    }

    [Fact]
    public void Names_are_ordered_by_their_numbers()
    {
        string[] names = ["frame10", "frame2", "frame002b", "frame1000", "a", "frame2a"];
        Assert.Equal(["a", "frame2", "frame2a", "frame002b", "frame10", "frame1000"], names.Order(NumberedNames.Comparer));
    }
}
