using System.Runtime.CompilerServices;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>clip logs</c>, also following until the clip ends.</summary>
internal static class LogHandlers
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public static async Task<object> ReadAsync(SeedFiles files, CommandArguments arguments, CancellationToken cancellation)
    {
        var clip = arguments.Clip()!.Value;
        await files.StateAsync(clip, cancellation).ConfigureAwait(false);
        return (IReadOnlyList<LogLine>)[.. Last(Logs(files, arguments), Count(arguments), [])];
    }

    public static async Task<IAsyncEnumerable<object>> FollowAsync(SeedFiles files, CommandArguments arguments, CancellationToken cancellation)
    {
        await files.StateAsync(arguments.Clip()!.Value, cancellation).ConfigureAwait(false);
        return FollowedAsync(files, arguments, cancellation);
    }

    private static async IAsyncEnumerable<object> FollowedAsync(SeedFiles files, CommandArguments arguments, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var logs = Logs(files, arguments);
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in Last(logs, Count(arguments), ends)) yield return line;
        using var timer = new PeriodicTimer(LookEvery, files.Time);
        var over = false;
        while (!over && await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            // The state is asked for before the files are read, so the last lines of an ended clip are not missed.
            over = (await files.StateAsync(arguments.Clip()!.Value, cancellation).ConfigureAwait(false)).Phase is not ClipPhase.Running;
            foreach (var line in New(logs, ends)) yield return line;
        }
    }

    private static AttemptLogs Logs(SeedFiles files, CommandArguments arguments) =>
        new(files.Store.Paths, arguments.Clip()!.Value, arguments.Stage(), arguments.Task());

    private static int Count(CommandArguments arguments) => Math.Clamp(arguments.Integer("lines") ?? 0, 0, 10_000);

    private static IEnumerable<LogLine> Last(AttemptLogs logs, int count, Dictionary<string, long> ends)
    {
        var lines = new List<LogLine>();
        foreach (var log in logs.List())
        {
            var (tail, end) = Read(log, () => AttemptLogs.Tail(log, count));
            ends[log.Path] = end;
            lines.AddRange(tail.Select(text => new LogLine(log.Task.ToString(), log.Epoch, text)));
        }

        return lines.TakeLast(count);
    }

    private static IEnumerable<LogLine> New(AttemptLogs logs, Dictionary<string, long> ends)
    {
        foreach (var log in logs.List())
        {
            var (lines, end) = Read(log, () => AttemptLogs.ReadFrom(log, ends.GetValueOrDefault(log.Path)));
            ends[log.Path] = end;
            foreach (var text in lines) yield return new LogLine(log.Task.ToString(), log.Epoch, text);
        }
    }

    private static (IReadOnlyList<string> Lines, long End) Read(AttemptLog log, Func<(IReadOnlyList<string>, long)> read)
    {
        try
        {
            return read();
        }
        catch (FileNotFoundException)
        {
            return ([], 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the log cannot be read: {e.Message}", log.Path, kind: FailureKind.Storage, inner: e);
        }
    }
}
