using System.Security.Cryptography;

namespace Depth3D.Cli.Tests;

/// <summary>A truth loop so small that it becomes a loop again in seconds, filmed once for all tests.</summary>
public sealed class TinyLoop : IAsyncLifetime
{
    public const int Period = 24;

    public string Root { get; } = Directory.CreateTempSubdirectory("depth3d-tiny-loop-").FullName;

    /// <summary>Clips of three fixed cameras, out of sync.</summary>
    public string Clips => Path.Combine(Root, "clips");

    /// <summary>One of them alone.</summary>
    public string Clip => Path.Combine(Clips, "view_00.mkv");

    /// <summary>What makes a loop of the one clip short.</summary>
    public string[] Options { get; } = ["--depth", "flat", "--size", "128", "--loop-epochs", "2", "--chunk-steps", "2"];

    public async Task InitializeAsync()
    {
        var made = await CliProcess.RunAsync("sample", "loop", "--views", "3", "--frames", "60", "--period", $"{Period}", "--size", "128x72", "--out", Root);
        Assert.True(made.ExitCode == 0, made.OutputTail);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Of a loop's results, by name; without what tells how long it took.</summary>
    public static SortedDictionary<string, string> Hashes(string folder) => new(Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(folder, f)).Where(f => f != "loop.json" && !f.StartsWith(".depth3d", StringComparison.Ordinal))
        .ToDictionary(f => f, f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, f))))), StringComparer.Ordinal);
}
