using System.Text.Json;
using Depth3D.Cli.Running;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Remote;

/// <summary>
/// Something made of a finished clip of a cluster: a clip of its own, named after both. What it is made from, and the files it names, become inputs of
/// the store; nodes of the role render do the rest.
/// </summary>
internal abstract class ClusterJob(SeedClient client, ClipId source, string name)
{
    private static readonly CommandDefinition Submit = CommandTable.Find("clip submit")!;
    private static readonly JsonSerializerOptions OptionsJson = new(JsonSerializerDefaults.Web);

    /// <summary>The clip that is submitted.</summary>
    private ClipId Clip { get; } = new($"{source}.{name}");

    protected abstract string Recipe { get; }

    /// <summary>Stages of the clip whose files the recipe brings in.</summary>
    protected abstract IReadOnlyList<StageName> Imports { get; }

    /// <summary>Stages whose files are the result.</summary>
    protected abstract IReadOnlyList<StageName> Results { get; }

    /// <summary>What is wrong with the order is said before anything is uploaded.</summary>
    protected abstract void Check();

    /// <param name="path">Description of the clip it is made from.</param>
    protected abstract DepthOptions OptionsOf(string path);

    /// <summary>Where a file of the job goes below the results' folder; null for one that stays in the store.</summary>
    protected abstract string? PlaceOf(StageName stage, string file);

    /// <summary>Adds what the cluster does not make.</summary>
    protected virtual void Complete(PublishedFolder target)
    {
    }

    /// <param name="outFolder">Waits for the end and fetches the results there; null to return when the cluster has taken the clip.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ExecuteAsync(string? outFolder, bool force, CancellationToken cancellation)
    {
        Check();
        var target = outFolder is null ? null : new PublishedFolder(outFolder, force);
        var options = await PlaceAsync(await BaseAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        var values = CommandArguments.Bind(Submit, new Dictionary<string, string>
        {
            ["clip"] = Clip.Value,
            ["recipe"] = Recipe,
            ["options"] = JsonSerializer.Serialize(options, OptionsJson),
        }).Values;
        var answer = await client.CallAsync(Submit, values, "", cancellation).ConfigureAwait(false);
        Terminal.Say($"{Clip}: {answer.GetProperty("outcome").GetString()}");
        if (target is null)
        {
            Terminal.Say($"the results, when it is complete: depth3d clip export {Clip} --stage {Results[^1]} --out DIR");
            Console.WriteLine(Clip.Value);
            return (int)ExitCode.Success;
        }

        var code = await ClipWait.UntilEndAsync(client, Clip.Value, cancellation).ConfigureAwait(false);
        if (code == (int)ExitCode.Success) await FetchAsync(target, cancellation).ConfigureAwait(false);
        return code;
    }

    private async Task<BaseRun> BaseAsync(CancellationToken cancellation)
    {
        var view = await new ClipFiles(client).ListAsync(source, cancellation).ConfigureAwait(false);
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
    private async Task<DepthOptions> PlaceAsync(BaseRun run, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("depth3d-base-");
        try
        {
            var path = Path.Combine(folder.FullName, BaseRun.FileName);
            StageJson.Write(path, run);
            return await new InputUpload(client, Terminal.Say, TimeProvider.System).SendAsync(OptionsOf(path), cancellation).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task FetchAsync(PublishedFolder target, CancellationToken cancellation)
    {
        var files = new ClipFiles(client);
        var view = await files.ListAsync(Clip, cancellation).ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("depth3d-fetch-");
        try
        {
            var fetched = new List<(string Name, string Source, ArtifactFile File)>();
            foreach (var file in view.Files)
            {
                if (PlaceOf(TaskId.Parse(file.Task).Stage, file.Name) is not { } place) continue;
                var here = ClipExportCommand.Target(folder.FullName, file);
                await files.FetchAsync(file, here, cancellation).ConfigureAwait(false);
                fetched.Add((place, here, new ArtifactFile(file.Name, file.Bytes, file.Sha256)));
            }

            foreach (var line in await target.PublishAsync(fetched, cancellation).ConfigureAwait(false)) Console.WriteLine(Terminal.Printable(line.Path));
            Complete(target);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
