using Depth3D.Messages;

namespace Depth3D.Pipeline.Tests.Windows;

/// <summary>Files in a folder, published by hand.</summary>
internal sealed class MemoryArtifacts : IArtifactReader, IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("windows-tests-");

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root.FullName, name)).FullName;

    /// <summary>Where a file of a stage is to be written.</summary>
    public string New(StageName stage, string fileName) => Path.Combine(Folder(stage.Value), fileName);

    public void Put(StageName stage, string fileName, string content) => File.WriteAllText(New(stage, fileName), content);

    public string Text(StageName stage, string fileName) => File.ReadAllText(PathOf(stage, fileName));

    public string PathOf(StageName stage, string fileName) => Exists(stage, fileName)
        ? Path.Combine(_root.FullName, stage.Value, fileName)
        : throw new Depth3DException($"stage {stage} published no {fileName}");

    public bool Exists(StageName stage, string fileName) => File.Exists(Path.Combine(_root.FullName, stage.Value, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) =>
        [.. Directory.GetFiles(Folder(stage.Value)).Order(StringComparer.Ordinal).Select(f => new ArtifactFile(Path.GetFileName(f), new FileInfo(f).Length, ""))];

    public void Dispose() => _root.Delete(recursive: true);
}
