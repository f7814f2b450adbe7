using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Reports in one file on the node's own disk, a line for each that is put and for each that is removed; it is empty where none waits.
/// Guarantee: a report that <see cref="Put"/> took is there after a kill, a dear one also after a power cut. When the disk refuses, it says
/// so and the report lives as long as the process.
/// </summary>
internal sealed partial class FileOutbox : IOutbox
{
    public const string FileName = "reports.jsonl";

    /// <summary>Ends the name of a copy with lines that cannot be read; it is kept for people.</summary>
    private const string DamagedSuffix = ".damaged";

    /// <summary>A file that has grown so much since it was last written anew is written anew.</summary>
    private const long LongestGrowthBytes = 1 << 20;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<(ClipId, TaskId, long), Report> _kept = [];
    private readonly string _path;
    private readonly ILogger _log;
    private SafeFileHandle _file;
    private long _length;
    private long _longest;

    /// <param name="folder">Made when missing. One node at a time.</param>
    public FileOutbox(string folder, ILogger log)
    {
        (_path, _log) = (Path.Combine(folder, FileName), log);
        Directory.CreateDirectory(folder);
        Pending = File.Exists(_path) ? Read() : [];
        foreach (var report in Pending) _kept[report.Attempt] = report;
        _file = WriteAnew();
    }

    public IReadOnlyList<Report> Pending { get; }

    public void Put(Report report, bool isDear)
    {
        lock (_gate)
        {
            try
            {
                Append(OutboxLines.Put(report));
                if (isDear) RandomAccess.FlushToDisk(_file);
                _kept[report.Attempt] = report;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotKept(_log, _path, e.Message);
            }
        }
    }

    public void Remove(Report report)
    {
        lock (_gate)
        {
            if (!_kept.Remove(report.Attempt)) return;
            try
            {
                if (_kept.Count == 0) Empty();
                else Append(OutboxLines.Removed(report));
                if (_length > _longest) Shorten();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Delivered once more after a restart; the coordinator answers the same.
                LogNotRemoved(_log, _path, e.Message);
            }
        }
    }

    /// <summary>Where the disk refuses, the next line goes over the half that was written of this one.</summary>
    private void Append(byte[] line)
    {
        RandomAccess.Write(_file, line, _length);
        _length += line.Length;
    }

    private void Empty()
    {
        RandomAccess.SetLength(_file, 0);
        _length = 0;
    }

    private void Shorten()
    {
        var old = _file;
        _file = WriteAnew();
        old.Dispose();
    }

    /// <summary>Writes what is kept and nothing else, all of it or none, and opens that.</summary>
    private SafeFileHandle WriteAnew()
    {
        byte[] content = [.. _kept.Values.SelectMany(OutboxLines.Put)];
        DurableFile.Write(_path, content);
        (_length, _longest) = (content.Length, content.Length + LongestGrowthBytes);
        return File.OpenHandle(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    private IReadOnlyList<Report> Read()
    {
        var isDamaged = false;
        var reports = OutboxLines.Read(File.ReadAllBytes(_path), why =>
        {
            isDamaged = true;
            LogDamaged(_log, _path, why);
        });
        if (isDamaged) File.Copy(_path, _path + DamagedSuffix, overwrite: true);
        return reports;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a report could not be written to {Path} and would be lost with this process: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "a delivered report could not be removed from {Path}: {Reason}")]
    private static partial void LogNotRemoved(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "a report in {Path} cannot be read, a copy of the file is kept: {Reason}")]
    private static partial void LogDamaged(ILogger logger, string path, string reason);
}
