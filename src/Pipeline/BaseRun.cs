using System.Security.Cryptography;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Pipeline;

/// <summary>
/// Which files of which finished clip an effect or an export is made from: the <see cref="DepthOptions.SourcePath"/> of such a job, kept in the store
/// as an input named by its content, <c>store:inputs/SHA256/base.json</c>. A clip that was made again has other files, thus another name.
/// </summary>
/// <param name="Clip">A clip of the same store.</param>
/// <param name="Manifests">Its accepted manifests, of the stages that the recipe imports.</param>
public sealed record BaseRun(ClipId Clip, IReadOnlyList<ArtifactManifest> Manifests)
{
    public const string FileName = "base.json";

    /// <summary>The manifests of <paramref name="stages"/>, without files that nothing is made from.</summary>
    public static BaseRun Of(ClipId clip, IEnumerable<ArtifactManifest> accepted, IReadOnlyList<StageName> stages)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        return new(clip, [.. accepted.Where(m => stages.Contains(m.Task.Stage))
            .Select(m => m with { Files = [.. m.Files.Where(f => BaseFiles.IsNeeded(m.Task.Stage, f.Name))] }).Where(m => m.Files.Count > 0)]);
    }

    /// <summary>Puts it into the inputs of a store that this process may write to.</summary>
    /// <returns>Its reference, the same for the same content.</returns>
    public async Task<string> SaveAsync(ArtifactStore store, CancellationToken cancellation)
    {
        var bytes = StageJson.Bytes(this);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var inputs = new InputStore(store);
        if (!inputs.Contains(hash, FileName))
        {
            using var content = new MemoryStream(bytes);
            await inputs.TakeAsync(hash, content, cancellation).ConfigureAwait(false);
            inputs.Assemble(hash, FileName, [("", hash)]);
        }

        return $"{StoreReference.Prefix}inputs/{hash}/{FileName}";
    }

    /// <param name="path">A resolved reference: below the root of the store that holds the clip.</param>
    /// <exception cref="Depth3DException">The file is no base run.</exception>
    public static BaseRun Read(string path)
    {
        if (Path.GetFileName(path) != FileName)
            throw new Depth3DException("is no finished run; an effect or an export is made of one", path, "run: depth3d render --help", FailureKind.Usage);
        return StageJson.Read<BaseRun>(path);
    }

    /// <summary>Its files in the store that <paramref name="path"/> lies in.</summary>
    public IArtifactReader Reader(string path) =>
        new ArtifactReader(ArtifactStore.Attach(Path.GetFullPath(Path.Combine(path, "..", "..", ".."))), Clip, Manifests);

    /// <summary>What is recorded of a file.</summary>
    public IEnumerable<ArtifactFile> Files(StageName stage) => Manifests.Where(m => m.Task.Stage == stage).SelectMany(m => m.Files);
}
