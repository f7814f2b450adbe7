namespace Depth3D.Messages.Tests;

public sealed class Depth3DExceptionTests
{
    [Fact]
    public void The_text_says_where_what_and_what_next()
    {
        var error = new Depth3DException("has no frames", "clip.mp4", "give a longer clip");
        Assert.Equal("clip.mp4: has no frames\n  give a longer clip", error.Message);
    }

    [Theory]
    [InlineData(FailureKind.Usage, ExitCode.Usage)]
    [InlineData(FailureKind.BadInput, ExitCode.BadInput)]
    [InlineData(FailureKind.MissingTool, ExitCode.MissingTool)]
    [InlineData(FailureKind.Storage, ExitCode.Storage)]
    [InlineData(FailureKind.Transient, ExitCode.Failed)]
    public void The_kind_decides_the_exit_code(FailureKind kind, ExitCode code) =>
        Assert.Equal(code, new Depth3DException("x", kind: kind).ExitCode);
}
