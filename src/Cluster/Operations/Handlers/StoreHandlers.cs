using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>store verify</c>: every accepted file is there and has the hash that the journal recorded.</summary>
internal static class StoreHandlers
{
    public static async Task<object> VerifyAsync(SeedFiles files, CommandArguments arguments, CancellationToken cancellation)
    {
        var clips = arguments.Clip() is { } one ? [one] : await ClipsAsync(files, cancellation).ConfigureAwait(false);
        var problems = new List<StoreProblemRow>();
        int tasks = 0;
        long count = 0, bytes = 0;
        foreach (var clip in clips)
        {
            foreach (var manifest in (await files.StateAsync(clip, cancellation).ConfigureAwait(false)).Accepted(clip))
            {
                (tasks, count, bytes) = (tasks + 1, count + manifest.Files.Count, bytes + manifest.Files.Sum(f => f.Bytes));
                problems.AddRange(files.Store.Verify(manifest, cancellation).Select(p => new StoreProblemRow(clip.Value, p.Task.ToString(), p.FileName, p.What)));
            }
        }

        return new StoreReport(clips.Count, tasks, count, bytes, problems.Count == 0 ? "as recorded" : $"{problems.Count} files differ", problems);
    }

    private static async Task<IReadOnlyList<ClipId>> ClipsAsync(SeedFiles files, CancellationToken cancellation) =>
        [.. (await files.Journal.ListAsync(cancellation).ConfigureAwait(false)).Where(c => c.Phase != ClipPhase.None).Select(c => c.Clip)];
}
