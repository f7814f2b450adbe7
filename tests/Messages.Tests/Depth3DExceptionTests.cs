namespace Depth3D.Messages.Tests;

public sealed class Depth3DExceptionTests
{
    [Fact]
    public void A_message_says_where_what_and_what_next() =>
        Assert.Equal("clip.mp4: no video stream\n  give a video file", new Depth3DException("no video stream", "clip.mp4", "give a video file").Message);

    [Theory]
    [InlineData(FailureKind.Usage, 2)]
    [InlineData(FailureKind.BadInput, 3)]
    [InlineData(FailureKind.MissingTool, 4)]
    [InlineData(FailureKind.Storage, 5)]
    [InlineData(FailureKind.Refused, 6)]
    [InlineData(FailureKind.Unreachable, 7)]
    [InlineData(FailureKind.Transient, 1)]
    [InlineData(FailureKind.Defect, 1)]
    public void Exit_codes_are_part_of_the_interface(FailureKind kind, int code) => Assert.Equal(code, (int)new Depth3DException("x", kind: kind).ExitCode);
}
