using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Depth3D.Cli.Running;
using Depth3D.Messages;

namespace Depth3D.Cli.Tests;

public sealed class PublishedFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-publish-").FullName;

    private string Out => Path.Combine(_root, "out");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Files_appear_under_their_names_and_again_changes_nothing()
    {
        var files = new[] { Made("frames/a_00000.png", "one"), Made("film.mp4", "two") };
        var lines = await new PublishedFolder(Out, force: false).PublishAsync(files, CancellationToken.None);
        Assert.Equal(2, lines.Count);
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(Out, "frames", "a_00000.png")));
        var written = File.GetLastWriteTimeUtc(Path.Combine(Out, "film.mp4"));
        await new PublishedFolder(Out, force: false).PublishAsync(files, CancellationToken.None);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(Out, "film.mp4")));
    }

    [Fact]
    public async Task Somebody_elses_file_stays_and_nothing_is_written_beside_it()
    {
        Directory.CreateDirectory(Out);
        await File.WriteAllTextAsync(Path.Combine(Out, "film.mp4"), "theirs");
        (string, string, ArtifactFile)[] files = [Made("a.txt", "one"), Made("film.mp4", "ours")];
        Assert.Equal(ExitCode.Usage, Assert.Throws<Depth3DException>(() => new PublishedFolder(Out, force: false).CheckFree()).ExitCode);
        await Assert.ThrowsAsync<Depth3DException>(() => new PublishedFolder(Out, force: false).PublishAsync(files, CancellationToken.None));
        Assert.Equal("theirs", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Out))));
        await new PublishedFolder(Out, force: true).PublishAsync(files, CancellationToken.None);
        Assert.Equal("ours", await File.ReadAllTextAsync(Path.Combine(Out, "film.mp4")));
    }

    [Fact]
    public async Task Frames_of_a_longer_result_go_and_nothing_else_does()
    {
        await new PublishedFolder(Out, force: true).PublishAsync([Made("f/a_00000.png", "0"), Made("f/a_00001.png", "1")], CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Out, "f", "notes.txt"), "mine");
        await File.WriteAllTextAsync(Path.Combine(Out, "f", "b_00001.png"), "mine too");
        await new PublishedFolder(Out, force: true).PublishAsync([Made("f/a_00000.png", "new")], CancellationToken.None);
        Assert.Equal(["a_00000.png", "b_00001.png", "notes.txt"], Directory.GetFiles(Path.Combine(Out, "f")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task A_disk_that_becomes_full_keeps_what_was_there_and_nothing_half_written()
    {
        Directory.CreateDirectory(Out);
        Skip.IfNot(Mount("-t", "tmpfs", "-o", "size=256k", "tmpfs", Out), "mounting a small disk is not allowed here");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(Out, "big.bin"), "the last result");
            (string, string, ArtifactFile)[] files = [Made("small.txt", "one"), Made("big.bin", new string('x', 1 << 20))];
            var error = await Assert.ThrowsAsync<Depth3DException>(() => new PublishedFolder(Out, force: true).PublishAsync(files, CancellationToken.None));
            Assert.Equal(ExitCode.Storage, error.ExitCode);
            Assert.Equal("the last result", await File.ReadAllTextAsync(Path.Combine(Out, "big.bin")));
            Assert.Equal(["big.bin", "small.txt"], Directory.GetFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally
        {
            Run("umount", "-l", Out);
        }
    }

    private static bool Mount(params string[] arguments) => Run("mount", arguments);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private (string Name, string Source, ArtifactFile File) Made(string name, string content)
    {
        var source = Path.Combine(Directory.CreateDirectory(Path.Combine(_root, "store", Guid.NewGuid().ToString("n"))).FullName, Path.GetFileName(name));
        File.WriteAllText(source, content);
        return (name, source, new ArtifactFile(Path.GetFileName(name), content.Length, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))));
    }
}
