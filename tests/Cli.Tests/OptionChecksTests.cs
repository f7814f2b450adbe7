using Depth3D.Cli.Commands;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Tests;

public sealed class OptionChecksTests
{
    private static readonly DepthOptions Good = new() { SourcePath = "/clip.mp4" };

    [Fact]
    public void Defaults_pass() => Assert.Same(Good, OptionChecks.Checked(Good));

    public static TheoryData<string, DepthOptions> Bad => new()
    {
        { "--size", Good with { Frames = Good.Frames with { LongSidePixels = 10 } } },
        { "--resize", Good with { Frames = Good.Frames with { ResizeFactor = double.NaN } } },
        { "--stride", Good with { Frames = Good.Frames with { Stride = 0 } } },
        { "--fps", Good with { Frames = Good.Frames with { FolderFramesPerSecond = 0 } } },
        { "--max-frames", Good with { Frames = Good.Frames with { MaxFrames = 1 } } },
        { "--on-cut", Good with { Frames = Good.Frames with { OnCut = "skip" } } },
        { "--masks", Good with { Masks = Good.Masks with { Method = "onnx:" } } },
        { "--masks", Good with { Masks = Good.Masks with { Method = "magic" } } },
        { "--mask-region", Good with { Masks = Good.Masks with { Region = [0, 0, 1, 2] } } },
        { "--cameras", Good with { Cameras = Good.Cameras with { Method = "orb" } } },
        { "--focal", Good with { Cameras = Good.Cameras with { FocalPixels = 0 } } },
        { "--focal", Good with { Cameras = Good.Cameras with { FocalPixels = -500 } } },
        { "--focal", Good with { Cameras = Good.Cameras with { FocalPixels = double.NaN } } },
        { "--prior", Good with { Prior = Good.Prior with { Method = "midas" } } },
        { "--flow", Good with { Flow = Good.Flow with { Method = "raft" } } },
        { "--method", Good with { Train = Good.Train with { Method = "magic" } } },
        { "--steps", Good with { Train = Good.Train with { Steps = 0 } } },
        { "--chunk-steps", Good with { Train = Good.Train with { ChunkSteps = 0 } } },
        { "--device", Good with { Train = Good.Train with { Device = "tpu" } } },
        { "--device", Good with { Train = Good.Train with { Device = "cuda:x" } } },
        { "--path-amplitude", Good with { Output = Good.Output with { PathAmplitude = 90 } } },
        { "--path-amplitude", Good with { Output = Good.Output with { CameraPath = "dolly", PathAmplitude = 82 } } },
        { "--path", Good with { Output = Good.Output with { CameraPath = "spiral" } } },
        { "--colour-map", Good with { Output = Good.Output with { ColourMap = "jet" } } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Refuses_and_names_the_option(string option, DepthOptions options)
    {
        var error = Assert.Throws<Depth3DException>(() => OptionChecks.Checked(options));
        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Equal(option, error.Where);
    }

    [Theory]
    [InlineData("auto", null)]
    [InlineData("off", 0)]
    [InlineData("3", 3)]
    public void Early_stop_is_a_word_or_a_number_of_chunks(string text, int? chunks) => Assert.Equal(chunks, OptionChecks.EarlyStop(text));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("2.5")]
    [InlineData("never")]
    public void Early_stop_refuses_the_rest(string text) => Assert.Equal("--early-stop", Assert.Throws<Depth3DException>(() => OptionChecks.EarlyStop(text)).Where);
}
