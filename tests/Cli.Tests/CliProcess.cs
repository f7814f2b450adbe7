using Depth3D.Native;

namespace Depth3D.Cli.Tests;

/// <summary>Runs the built command as a user would, in a process of its own.</summary>
internal static class CliProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "depth3d.dll");

    public static Task<ProcessResult> RunAsync(params string[] arguments) => RunAsync(arguments, null);

    public static async Task<ProcessResult> RunAsync(string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        return await ExternalProcess.RunAsync("dotnet", [Program, .. arguments], limit.Token, environment: environment);
    }

    /// <summary>Makes a test clip; the arguments go before the output file's name.</summary>
    public static async Task FfmpegAsync(string output, params string[] arguments)
    {
        var result = await ExternalProcess.RunAsync("ffmpeg", ["-y", "-loglevel", "error", .. arguments, "file:" + output], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.OutputTail);
    }
}
