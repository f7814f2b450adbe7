using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>The lines of an outbox's file: JSON, one of a report that was put or of one that was removed.</summary>
internal static class OutboxLines
{
    private const byte LineEnd = (byte)'\n';

    public static byte[] Put(Report report) => Write(new Line(Put: report));

    public static byte[] Removed(Report report)
    {
        var (clip, task, epoch) = report.Attempt;
        return Write(new Line(Removed: new(clip, task, epoch)));
    }

    /// <param name="content">A whole file. Half a line at its end is what a kill left of a report that was never taken.</param>
    /// <param name="damaged">Told why a line cannot be read; it is left out.</param>
    /// <returns>The reports that were put and not removed, oldest first.</returns>
    public static IReadOnlyList<Report> Read(ReadOnlySpan<byte> content, Action<string> damaged)
    {
        var kept = new OrderedDictionary<(ClipId, TaskId, long), Report>();
        for (int end; (end = content.IndexOf(LineEnd)) >= 0; content = content[(end + 1)..])
        {
            try
            {
                var line = JsonSerializer.Deserialize<Line>(content[..end]);
                if (line?.Put is { } put) kept[put.Attempt] = put;
                if (line?.Removed is { } removed) kept.Remove((removed.Clip, removed.Task, removed.Epoch));
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                damaged(e.Message);
            }
        }

        return [.. kept.Values];
    }

    private static byte[] Write(Line line) => [.. JsonSerializer.SerializeToUtf8Bytes(line), LineEnd];

    private sealed record Line(Report? Put = null, Attempt? Removed = null);

    private sealed record Attempt(ClipId Clip, TaskId Task, long Epoch);
}
