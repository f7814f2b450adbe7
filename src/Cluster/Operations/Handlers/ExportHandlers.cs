using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>clip export</c>: which files there are and where to fetch them; the command line fetches and checks them.</summary>
internal static class ExportHandlers
{
    public static async Task<object> ExportAsync(SeedFiles files, CommandArguments arguments, CancellationToken cancellation)
    {
        var clip = arguments.Clip()!.Value;
        var state = await files.StateAsync(clip, cancellation).ConfigureAwait(false);
        var stage = arguments.Stage();
        if (stage is { } name && !state.Stages.ContainsKey(name))
            throw new Depth3DException($"the clip has no stage '{name}'; it has {string.Join(", ", state.Specs.Select(s => s.Name))}", clip.Value, kind: FailureKind.Usage);
        var manifests = stage is { } one ? state.Accepted(clip, one) : state.Accepted(clip);
        IReadOnlyList<FileRow> rows = [.. manifests.SelectMany(Rows)];
        return new ExportView(clip.Value, StateNames.Of(state.Phase), rows.Count, rows.Sum(r => r.Bytes), rows);
    }

    public static IEnumerable<FileRow> Rows(ArtifactManifest manifest) => manifest.Files.Select(file =>
        new FileRow(manifest.Task.ToString(), file.Name, file.Bytes, file.Sha256, FileUrls.Of(manifest.Clip, manifest.Task, file.Name), manifest.Epoch));
}
