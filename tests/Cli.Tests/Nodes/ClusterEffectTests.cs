using System.Security.Cryptography;
using Depth3D.Messages;

namespace Depth3D.Cli.Tests.Nodes;

/// <summary>An effect and an export on a clip of a cluster, as a user asks for them, against the same on one machine.</summary>
public sealed class ClusterEffectTests(TinyClip clip) : IClassFixture<TinyClip>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-cluster-effect-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_the_cluster_makes_has_the_bytes_of_what_is_made_here()
    {
        await using var cluster = await NodeCluster.StartAsync(_root);
        Ok(await cluster.FirstAsync(["clip", "submit", "shot", clip.Images, .. clip.Options]), cluster);
        var early = await cluster.CliAsync("render", "focus", "--clip", "shot", "--focus", "0:3");
        Assert.Equal((int)ExitCode.BadInput, early.ExitCode);
        Assert.Contains("of a completed one", early.OutputTail, StringComparison.Ordinal);

        var run = Path.Combine(_root, "run");
        Ok(await clip.RunAsync(clip.Images, run), cluster);
        Ok(await CliProcess.RunAsync("render", "focus", run, "--focus", "0:3"), cluster);

        Ok(await cluster.CliAsync(["clip", "submit", "shot", clip.Images, .. clip.Options, "--wait"]), cluster);
        var there = Path.Combine(_root, "there");
        string[] render = ["render", "focus", "--clip", "shot", "--focus", "0:3", "--out", there];
        Ok(await cluster.CliAsync(render), cluster);
        var (here, fetched) = (Hashes(Path.Combine(run, "effects", "focus")), Hashes(there));
        Assert.Equal(TinyClip.Frames + 2, fetched.Count);
        Assert.Equal(here, fetched);

        Ok(await cluster.CliAsync(render), cluster); // again: everything is there
        Assert.Equal(fetched, Hashes(there));
        var other = await cluster.CliAsync("render", "focus", "--clip", "shot", "--focus", "0:9");
        Assert.Equal((int)ExitCode.Refused, other.ExitCode);
        Assert.Contains("effect.keys", other.OutputTail, StringComparison.Ordinal);

        var card = Path.Combine(_root, "card.png");
        await CliProcess.FfmpegAsync(card, "-f", "lavfi", "-i", "testsrc=size=32x48", "-frames:v", "1");
        string[] insert = ["--object", card, "--at-pixel", "4:80,50"];
        Ok(await CliProcess.RunAsync(["render", "insert", run, .. insert]), cluster);
        Ok(await cluster.CliAsync(["render", "insert", "--clip", "shot", .. insert, "--out", Path.Combine(_root, "inserted")]), cluster);
        Assert.Equal(Hashes(Path.Combine(run, "effects", "insert")), Hashes(Path.Combine(_root, "inserted"))); // the card went along

        var (exported, fetchedExport) = (Path.Combine(_root, "exported"), Path.Combine(_root, "fetched-export"));
        Ok(await CliProcess.RunAsync("export", run, "--format", "ply,nerfstudio", "--out", exported), cluster);
        Ok(await cluster.CliAsync("export", "--clip", "shot", "--format", "nerfstudio,ply", "--out", fetchedExport), cluster);
        Assert.True(Hashes(exported).Count > TinyClip.Frames);
        Assert.Equal(Hashes(exported), Hashes(fetchedExport));
    }

    private static void Ok(Native.ProcessResult result, NodeCluster cluster) => Assert.True(result.ExitCode == 0, result.OutputTail + cluster.Said);

    /// <summary>Of all but the description, which names where the effect was made.</summary>
    private static SortedDictionary<string, string> Hashes(string folder) => new(Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) != "effect.json")
        .ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))), StringComparer.Ordinal);
}
