using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Remote;

/// <summary>
/// Something made of a finished clip of a cluster: a clip of its own, named after both. What it is made from, and the files it names, become inputs of
/// the store; nodes do the rest.
/// </summary>
internal abstract class ClusterJob(SeedClient client, ClipId source, string name) : ClusterOrder(client, new($"{source}.{name}"))
{
    private readonly SeedClient _client = client;

    /// <summary>Stages of the clip whose files the recipe brings in.</summary>
    protected abstract IReadOnlyList<StageName> Imports { get; }

    /// <param name="path">Description of the clip it is made from.</param>
    protected abstract DepthOptions OptionsOf(string path);

    private async Task<BaseRun> BaseAsync(CancellationToken cancellation)
    {
        var view = await new ClipFiles(_client).ListAsync(source, cancellation).ConfigureAwait(false);
        if (view.State != "completed")
            throw new RemoteFailure($"the clip is {view.State}; an {Recipe} is made of a completed one", ExitCode.BadInput, source.Value, $"run: depth3d clip show {source}");
        var manifests = view.Files.GroupBy(f => (f.Task, f.Epoch)).Select(g =>
            new ArtifactManifest(source, TaskId.Parse(g.Key.Task), g.Key.Epoch, [.. g.Select(f => new ArtifactFile(f.Name, f.Bytes, f.Sha256))]));
        var run = BaseRun.Of(source, manifests, Imports);
        return run.Files(Stages.Train).Any() || run.Files(Stages.Merge).Any()
            ? run
            : throw new RemoteFailure("the clip has no depth: only clips of recipe depth can be rendered and exported", ExitCode.BadInput, source.Value);
    }

    /// <summary>Uploads what the job reads, and names it as the nodes know it.</summary>
    protected sealed override async Task<DepthOptions> PlaceAsync(CancellationToken cancellation)
    {
        var run = await BaseAsync(cancellation).ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("depth3d-base-");
        try
        {
            var path = Path.Combine(folder.FullName, BaseRun.FileName);
            StageJson.Write(path, run);
            return await new InputUpload(_client, Terminal.Say, TimeProvider.System).SendAsync(OptionsOf(path), cancellation).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
