using System.Globalization;
using System.Text.Json;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Reports as files on the node's own disk, one each. Guarantee: a report that <see cref="Put"/> took is there after a kill, a dear one also
/// after a power cut. When the disk refuses, it says so and the report lives as long as the process.
/// </summary>
internal sealed partial class FileOutbox : IOutbox
{
    private const string Suffix = ".json";

    /// <summary>Ends the names of files that cannot be read; they are kept for people.</summary>
    private const string DamagedSuffix = ".damaged";

    private readonly string _folder;
    private readonly ILogger _log;

    /// <param name="folder">Made when missing. One node at a time.</param>
    public FileOutbox(string folder, ILogger log)
    {
        (_folder, _log) = (folder, log);
        Directory.CreateDirectory(folder);
        foreach (var part in Directory.EnumerateFiles(folder, "*" + DurableFile.PartSuffix)) File.Delete(part);
        Pending = Directory.EnumerateFiles(folder, "*" + Suffix).OrderBy(File.GetLastWriteTimeUtc).ThenBy(f => f, StringComparer.Ordinal)
            .Select(Read).OfType<Report>().ToArray();
    }

    public IReadOnlyList<Report> Pending { get; }

    public void Put(Report report, bool isDear)
    {
        try
        {
            DurableFile.Write(PathOf(report), JsonSerializer.SerializeToUtf8Bytes(report), survivesPowerCut: isDear);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(_log, PathOf(report), e.Message);
        }
    }

    public void Remove(Report report)
    {
        try
        {
            File.Delete(PathOf(report));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Delivered once more after a restart; the coordinator answers the same.
            LogNotRemoved(_log, PathOf(report), e.Message);
        }
    }

    private string PathOf(Report report)
    {
        var (clip, task, epoch) = report.Attempt;
        return Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{clip}.{task.Stage}-{task.TaskIndex:000}.e{epoch}{Suffix}"));
    }

    private Report? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Report>(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is JsonException or IOException or NotSupportedException)
        {
            LogDamaged(_log, path, e.Message);
            File.Move(path, path + DamagedSuffix, overwrite: true);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a report could not be written to {Path} and would be lost with this process: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the delivered report {Path} could not be removed: {Reason}")]
    private static partial void LogNotRemoved(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "the report {Path} cannot be read and is set aside: {Reason}")]
    private static partial void LogDamaged(ILogger logger, string path, string reason);
}
