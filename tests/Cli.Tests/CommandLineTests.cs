using Depth3D.Messages;

namespace Depth3D.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("run")]
    [InlineData("run", "clip.mp4")]
    [InlineData("frobnicate")]
    [InlineData("run", "clip.mp4", "--out", "x", "--steps", "many")]
    public async Task Wrong_usage_exits_with_2_and_points_to_the_help(params string[] arguments)
    {
        var result = await CliProcess.RunAsync(arguments);
        Assert.Equal((int)ExitCode.Usage, result.ExitCode);
        Assert.Contains("--help", result.OutputTail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("render", "focus", "run", "--bokeh", "star", "disc, hexagon, ring")]
    [InlineData("render", "focus", "run", "--bokeh", "1", "disc, hexagon, ring")]
    [InlineData("run", "clip.mp4", "--out", "x", "--output", "yaml", "table, json")]
    public async Task A_word_that_is_no_choice_is_answered_with_the_choices(params string[] argumentsAndAnswer)
    {
        var result = await CliProcess.RunAsync(argumentsAndAnswer[..^1]);
        Assert.Equal((int)ExitCode.Usage, result.ExitCode);
        Assert.Contains(argumentsAndAnswer[^1], result.OutputTail, StringComparison.Ordinal);
        Assert.DoesNotContain("Depth3D.", result.OutputTail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("loop")]
    [InlineData("demo")]
    [InlineData("sample")]
    [InlineData("eval")]
    [InlineData("model")]
    [InlineData("flags")]
    [InlineData("doctor")]
    public async Task Every_command_has_help(string command)
    {
        var result = await CliProcess.RunAsync(command, "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--help", result.OutputTail, StringComparison.Ordinal); // the end of it: "run" has more lines than are kept
    }

    [Fact]
    public async Task The_doctor_finds_what_the_launcher_installed()
    {
        var result = await CliProcess.RunAsync("doctor");
        Assert.True(result.ExitCode == 0, result.OutputTail);
        Assert.Contains("colmap", result.OutputTail, StringComparison.Ordinal);
        Assert.Contains("LibTorch", result.OutputTail, StringComparison.Ordinal);
    }
}
