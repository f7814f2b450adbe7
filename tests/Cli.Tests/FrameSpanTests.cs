using Depth3D.Cli.Commands;
using Depth3D.Messages;

namespace Depth3D.Cli.Tests;

public sealed class FrameSpanTests
{
    [Theory]
    [InlineData("100-179", 100, 179, 1, 80)]
    [InlineData("0-1", 0, 1, 1, 2)]
    [InlineData("0-9x3", 0, 9, 3, 4)]
    [InlineData("007-010", 7, 10, 1, 4)]
    public void A_range_names_first_last_and_step(string text, int first, int last, int stride, int count)
    {
        var span = FrameSpan.Parse(text, "--frames");
        Assert.Equal(new FrameSpan(first, last, stride), span);
        Assert.Equal(count, span.Count);
    }

    [Theory]
    [InlineData("10-1", "backwards")]
    [InlineData("-5", "FIRST-LAST")]
    [InlineData("1 10", "FIRST-LAST")]
    [InlineData("1-10x0", "step")]
    [InlineData("1-10x", "FIRST-LAST")]
    [InlineData("5-5", "1 frames")]
    [InlineData("0-9x20", "1 frames")]
    [InlineData("0-999999", "1000000 frames")]
    [InlineData("0-99999999999", "FIRST-LAST")]
    [InlineData("0-2147483647", "FIRST-LAST")]
    [InlineData("a-b", "FIRST-LAST")]
    [InlineData("1e3-2e3", "FIRST-LAST")]
    [InlineData("0-10\n", "FIRST-LAST")]
    [InlineData("٠-١٠", "FIRST-LAST")]
    [InlineData("", "FIRST-LAST")]
    public void Anything_else_is_refused_in_words(string text, string saying)
    {
        var error = Assert.Throws<Depth3DException>(() => FrameSpan.Parse(text, "--frames"));
        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains(saying, error.Message, StringComparison.Ordinal);
    }
}
