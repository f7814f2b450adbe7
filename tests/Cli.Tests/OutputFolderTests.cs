using Depth3D.Cli.Running;
using Depth3D.Messages;

namespace Depth3D.Cli.Tests;

public sealed class OutputFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-cli-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Makes_a_folder_that_is_missing()
    {
        var folder = OutputFolder.Open(Path.Combine(_root, "a b", "ü"));
        Assert.True(Directory.Exists(folder.Store));
        Assert.Empty(Directory.EnumerateFiles(folder.Store));
    }

    [Fact]
    public void Opens_a_run_again()
    {
        var first = OutputFolder.Open(Path.Combine(_root, "run"));
        File.WriteAllText(Path.Combine(first.Root, "report.html"), "x");
        Assert.Equal(first.Root, OutputFolder.Open(first.Root).Root);
    }

    [Fact]
    public void Refuses_a_file()
    {
        var path = Path.Combine(_root, "file");
        File.WriteAllText(path, "kept");
        var error = Assert.Throws<Depth3DException>(() => OutputFolder.Open(path));
        Assert.Equal(ExitCode.Storage, error.ExitCode);
        Assert.Equal("kept", File.ReadAllText(path));
    }

    [Fact]
    public void Refuses_a_folder_of_somebody_else()
    {
        File.WriteAllText(Path.Combine(_root, "holiday.jpg"), "x");
        var error = Assert.Throws<Depth3DException>(() => OutputFolder.Open(_root));
        Assert.Equal(ExitCode.Storage, error.ExitCode);
        Assert.Equal(["holiday.jpg"], Directory.EnumerateFileSystemEntries(_root).Select(Path.GetFileName));
    }

    [Fact]
    public void Refuses_a_folder_that_cannot_be_made()
    {
        var error = Assert.Throws<Depth3DException>(() => OutputFolder.Open("/proc/depth3d-cannot-be-made"));
        Assert.Equal(ExitCode.Storage, error.ExitCode);
        Assert.NotNull(error.Remedy);
    }
}
