using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Pipeline.Tests.Storage;

/// <summary>A store in a folder that goes with the test.</summary>
public abstract class StoreBench : IDisposable
{
    protected static readonly ClipId Clip = new("clip");
    protected static readonly TaskId Id = new("flow", 3);

    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-store-").FullName;

    protected StoreBench() => Store = ArtifactStore.Open(Path.Combine(_root, "store"));

    protected ArtifactStore Store { get; }

    protected string Outside => _root;

    protected ArtifactManifest Publish(long epoch, params (string Name, string Content)[] files)
    {
        Store.Adopt(Clip);
        using var workspace = Store.Prepare(Clip, Id, epoch);
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(workspace.OutputFolder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }

        return Store.Publish(workspace, CancellationToken.None);
    }

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }
}
