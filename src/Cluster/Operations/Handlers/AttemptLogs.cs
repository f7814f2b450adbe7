using System.Text;
using System.Text.RegularExpressions;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>The log files that nodes write beside a clip's artifacts: <c>.logs/STAGE-INDEX.eEPOCH.log</c>, one per attempt.</summary>
internal sealed partial class AttemptLogs(StorePaths paths, ClipId clip, StageName? stage, TaskId? task)
{
    /// <summary>Of a file that is longer, only the end is read.</summary>
    private const int MaxTailBytes = 1 << 20;

    [GeneratedRegex(@"^(?<stage>[a-z0-9][a-z0-9._-]*)-(?<index>[0-9]{1,9})\.e(?<epoch>[0-9]{1,18})\.log\z")]
    private static partial Regex FileName();

    /// <summary>Logs of the attempts asked for, in the order in which they were last written.</summary>
    public IReadOnlyList<AttemptLog> List()
    {
        var folder = new DirectoryInfo(Path.Combine(paths.Clip(clip), ".logs"));
        if (!folder.Exists) return [];
        return [.. folder.EnumerateFiles("*.log").Where(f => f.LinkTarget is null).OrderBy(f => f.LastWriteTimeUtc)
            .Select(Parse).OfType<AttemptLog>().Where(log => (stage is null || log.Task.Stage == stage) && (task is null || log.Task == task))];
    }

    /// <summary>The last lines of a file, and the offset after them.</summary>
    public static (IReadOnlyList<string> Lines, long End) Tail(AttemptLog log, int lines)
    {
        var length = new FileInfo(log.Path).Length;
        var (all, end) = ReadFrom(log, Math.Max(0, length - MaxTailBytes), upTo: MaxTailBytes, withRest: true);
        return ([.. all.TakeLast(lines)], end);
    }

    /// <summary>Whole lines from an offset on, and the offset after them.</summary>
    public static (IReadOnlyList<string> Lines, long End) ReadFrom(AttemptLog log, long offset, int upTo = 1 << 18, bool withRest = false)
    {
        using var file = new FileStream(log.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length <= offset) return ([], offset);
        file.Position = offset;
        var bytes = new byte[(int)Math.Min(upTo, file.Length - offset)];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var whole = withRest || read == upTo ? read : Array.LastIndexOf(bytes, (byte)'\n', read - 1) + 1;
        var text = Encoding.UTF8.GetString(bytes, 0, whole);
        return (text.Length == 0 ? [] : [.. text.TrimEnd('\n').Split('\n').Select(Printable)], offset + whole);
    }

    /// <summary>Without what would steer a terminal.</summary>
    private static string Printable(string line) => string.Concat(line.Where(c => c == '\t' || !char.IsControl(c)));

    private static AttemptLog? Parse(FileInfo file) => FileName().Match(file.Name) is { Success: true } match
        ? new AttemptLog(new TaskId(match.Groups["stage"].Value, int.Parse(match.Groups["index"].ValueSpan)), long.Parse(match.Groups["epoch"].ValueSpan), file.FullName)
        : null;
}
