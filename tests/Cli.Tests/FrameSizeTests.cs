using Depth3D.Cli.Commands;
using Depth3D.Messages;

namespace Depth3D.Cli.Tests;

public sealed class FrameSizeTests
{
    [Fact]
    public void Reads_width_and_height() => Assert.Equal(new FrameSize(640, 360), FrameSize.Parse("640x360"));

    [Theory]
    [InlineData("640")]
    [InlineData("640x")]
    [InlineData("641x360")]
    [InlineData("10x10")]
    [InlineData("640x99999")]
    [InlineData("-640x360")]
    [InlineData("640x360x3")]
    public void Refuses_what_no_encoder_takes(string text)
    {
        var error = Assert.Throws<Depth3DException>(() => FrameSize.Parse(text));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
