using System.Globalization;
using System.Text;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// The log of one attempt as a file in the store, which the seed shows while it grows. It is bounded, and a disk that refuses it costs the
/// log and not the attempt.
/// </summary>
internal sealed class AttemptLog : IDisposable
{
    public const long LongestBytes = 16 << 20;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private SafeFileHandle? _file;
    private long _written;

    private AttemptLog(SafeFileHandle? file, TimeProvider time) => (_file, _time) = (file, time);

    public static AttemptLog Open(ArtifactStore store, ClipId clip, TaskId task, long epoch, TimeProvider time)
    {
        try
        {
            var path = store.Paths.Log(clip, task, epoch);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new AttemptLog(File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new AttemptLog(null, time);
        }
    }

    public void Write(LogLevel level, string line)
    {
        lock (_gate)
        {
            if (_file is null) return;
            var full = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Name(level)} {line}\n"));
            var isFull = _written + full.Length > LongestBytes;
            if (isFull) full = "the rest is left out: the log is full\n"u8.ToArray();
            try
            {
                RandomAccess.Write(_file, full, _written);
                _written += full.Length;
                if (isFull) Close();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Close();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate) Close();
    }

    private void Close()
    {
        var file = _file;
        _file = null;
        try
        {
            file?.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What it still held is lost.
        }
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => "error",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "debug",
    };
}
