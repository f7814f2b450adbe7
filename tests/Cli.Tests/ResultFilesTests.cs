using Depth3D.Cli.Running;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Tests;

public sealed class ResultFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-results-").FullName;
    private readonly OutputFolder _folder;

    public ResultFilesTests() => _folder = OutputFolder.Open(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Frames_of_an_earlier_longer_run_do_not_stay_among_the_new_ones()
    {
        Publish((Stages.Depth, "depth_00000.npz", "old"), (Stages.Depth, "depth_00001.npz", "old"), (Stages.PointCloud, "cloud_00000.ply", "old"));
        File.WriteAllText(Path.Combine(_root, "depth", "notes_00001.txt"), "mine");
        Publish((Stages.Depth, "depth_00000.npz", "new"));
        Assert.Equal(["depth_00000.npz", "notes_00001.txt"], Names("depth"));
        Assert.Equal("new", File.ReadAllText(Path.Combine(_root, "depth", "depth_00000.npz")));
        Assert.Empty(Names("pointcloud"));
    }

    [Fact]
    public void The_cameras_in_the_unit_of_the_depth_lie_beside_the_solved_ones()
    {
        Publish((Stages.Cameras, "cameras.json", "solved"), (Stages.Sequence, "scaled-cameras.json", "scaled"), (Stages.Sequence, "sequence.json", "index"));
        Assert.Equal(["cameras.json", "scaled-cameras.json"], Names("cameras"));
    }

    private string[] Names(string folder) =>
        [.. Directory.GetFiles(Path.Combine(_root, folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private void Publish(params (StageName Stage, string Name, string Text)[] files)
    {
        var store = new Artifacts(Directory.CreateDirectory(Path.Combine(_folder.Store, $"{Directory.GetDirectories(_folder.Store).Length}")).FullName);
        foreach (var (stage, name, text) in files) store.Add(stage, name, text);
        new ResultFiles(_folder, store).Publish();
    }

    private sealed class Artifacts(string folder) : IArtifactReader
    {
        private readonly List<(StageName Stage, ArtifactFile File)> _files = [];

        public void Add(StageName stage, string name, string text)
        {
            File.WriteAllText(PathOf(stage, name), text);
            _files.Add((stage, new ArtifactFile(name, text.Length, "")));
        }

        public string PathOf(StageName stage, string fileName) => Path.Combine(folder, fileName);

        public bool Exists(StageName stage, string fileName) => File.Exists(PathOf(stage, fileName));

        public IReadOnlyList<ArtifactFile> List(StageName stage) => [.. _files.Where(f => f.Stage == stage).Select(f => f.File)];
    }
}
