using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>Reads the files that a set of accepted manifests names. What lies in the store beside them does not exist for it.</summary>
public sealed class ArtifactReader : IArtifactReader
{
    private readonly ArtifactStore _store;
    private readonly ClipId _clip;
    private readonly Dictionary<(StageName Stage, string Name), (ArtifactManifest Manifest, ArtifactFile File)> _files = [];

    /// <exception cref="Depth3DException">Two tasks of one stage published the same file name.</exception>
    public ArtifactReader(ArtifactStore store, ClipId clip, IEnumerable<ArtifactManifest> accepted)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        (_store, _clip) = (store, clip);
        foreach (var manifest in accepted)
            foreach (var file in manifest.Files)
            {
                if (!_files.TryAdd((manifest.Task.Stage, file.Name), (manifest, file)))
                    throw new Depth3DException($"{manifest.Task} and {_files[(manifest.Task.Stage, file.Name)].Manifest.Task} both published '{file.Name}'",
                        clip.Value, "this is a defect of the stage: please report it", FailureKind.Defect);
            }
    }

    public bool Exists(StageName stage, string fileName) => _files.ContainsKey((stage, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) => _files
        .Where(entry => entry.Key.Stage == stage)
        .Select(entry => entry.Value.File)
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .ToList();

    public string PathOf(StageName stage, string fileName)
    {
        if (!_files.TryGetValue((stage, fileName), out var found))
            throw new Depth3DException($"stage '{stage}' published no '{fileName}'", _clip.Value,
                "the stage that asks must list it as an input", FailureKind.Defect);
        var path = _store.Paths.File(_clip, found.Manifest.Task, found.Manifest.Epoch, fileName);
        if (_store.Visibility.Await(path, found.File.Bytes) is not { } seen) return path;
        var what = seen >= 0 ? $"the file has {seen} bytes, {found.File.Bytes} were recorded" : "an accepted file is missing";
        throw _store.Visibility.Longest > TimeSpan.Zero && seen < found.File.Bytes
            ? new Depth3DException($"{what} on this node after {_store.Visibility.Longest.TotalSeconds:0} s", path,
                "look at the mount of the shared store on this node", FailureKind.Transient)
            : new Depth3DException(what, path, "the output folder was changed from outside: run again with --fresh", FailureKind.Storage);
    }
}
