using System.Text.Json;
using Depth3D.Cli.Running;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Remote;

/// <summary>A clip of any recipe that is sent to a cluster and, where a folder is given, waited for and fetched.</summary>
/// <param name="clip">The clip that is submitted.</param>
internal abstract class ClusterOrder(SeedClient client, ClipId clip)
{
    private static readonly CommandDefinition Submit = CommandTable.Find("clip submit")!;
    private static readonly JsonSerializerOptions OptionsJson = new(JsonSerializerDefaults.Web);

    protected abstract string Recipe { get; }

    /// <summary>Stages whose files are the result.</summary>
    protected abstract IReadOnlyList<StageName> Results { get; }

    /// <summary>What is wrong with the order is said before anything is uploaded.</summary>
    protected abstract void Check();

    /// <summary>The options, with everything they name brought into the cluster's store.</summary>
    protected abstract Task<DepthOptions> PlaceAsync(CancellationToken cancellation);

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
        var options = await PlaceAsync(cancellation).ConfigureAwait(false);
        var values = CommandArguments.Bind(Submit, new Dictionary<string, string>
        {
            ["clip"] = clip.Value,
            ["recipe"] = Recipe,
            ["options"] = JsonSerializer.Serialize(options, OptionsJson),
        }).Values;
        var answer = await client.CallAsync(Submit, values, "", cancellation).ConfigureAwait(false);
        Terminal.Say($"{clip}: {answer.GetProperty("outcome").GetString()}");
        if (target is null)
        {
            Terminal.Say($"the results, when it is complete: depth3d clip export {clip} --stage {Results[^1]} --out DIR");
            Console.WriteLine(clip.Value);
            return (int)ExitCode.Success;
        }

        var code = await ClipWait.UntilEndAsync(client, clip.Value, cancellation).ConfigureAwait(false);
        if (code == (int)ExitCode.Success) await FetchAsync(target, cancellation).ConfigureAwait(false);
        return code;
    }

    private async Task FetchAsync(PublishedFolder target, CancellationToken cancellation)
    {
        var files = new ClipFiles(client);
        var view = await files.ListAsync(clip, cancellation).ConfigureAwait(false);
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
