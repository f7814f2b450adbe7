using System.Runtime.CompilerServices;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Operations.Results;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>audit tail</c>, also following.</summary>
internal static class AuditHandlers
{
    private const int Batch = 500;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public static async Task<object> TailAsync(SeedFiles files, CommandArguments arguments, CancellationToken cancellation) =>
        (IReadOnlyList<AuditRow>)[.. (await files.Journal.AuditTailAsync(Count(arguments), 0, cancellation).ConfigureAwait(false)).Select(Row)];

    public static Task<IAsyncEnumerable<object>> FollowAsync(SeedFiles files, CommandArguments arguments, CancellationToken cancellation) =>
        Task.FromResult(FollowedAsync(files, Count(arguments), cancellation));

    private static async IAsyncEnumerable<object> FollowedAsync(SeedFiles files, int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // The newest entry is found even where none of the last ones are to be shown.
        var first = await files.Journal.AuditTailAsync(Math.Max(count, 1), 0, cancellation).ConfigureAwait(false);
        foreach (var entry in first.TakeLast(count)) yield return Row(entry);
        var last = first.Count > 0 ? first[^1].Id : 0;
        using var timer = new PeriodicTimer(LookEvery, files.Time);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            foreach (var entry in await files.Journal.AuditTailAsync(Batch, last, cancellation).ConfigureAwait(false))
            {
                last = entry.Id;
                yield return Row(entry);
            }
        }
    }

    private static int Count(CommandArguments arguments) => Math.Clamp(arguments.Integer("lines") ?? 0, 0, 10_000);

    private static AuditRow Row(AuditEntry e) => new(e.At, e.By, e.What, e.Where, e.Why, e.Outcome);
}
