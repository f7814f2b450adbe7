using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// The log of one attempt as a file in the store, which the seed shows while it grows. It begins with the first line that something is
/// said in, so an attempt that does its work in silence leaves none. It is bounded, and a disk that refuses it costs the log and not the
/// attempt.
/// </summary>
internal sealed class AttemptLog : IDisposable
{
    public const long LongestBytes = 16 << 20;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly byte[] _head;
    private SafeFileHandle? _file;
    private bool _isClosed;
    private long _written;

    /// <param name="path">Where it appears.</param>
    /// <param name="head">Its first line, which begins now.</param>
    /// <param name="time">The clock of its lines.</param>
    public AttemptLog(string path, string head, TimeProvider time)
    {
        (_path, _time) = (path, time);
        _head = LineOf(LogLevel.Information, head);
    }

    /// <summary>Something was said, so there is a file.</summary>
    public bool HasBegun => _written > 0;

    public void Write(LogLevel level, string line)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            var full = LineOf(level, line);
            var isFull = _written + full.Length > LongestBytes;
            if (isFull) full = "the rest is left out: the log is full\n"u8.ToArray();
            try
            {
                _file ??= Begin();
                Append(_file, full);
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

    private SafeFileHandle Begin()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var file = File.OpenHandle(_path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        Append(file, _head);
        return file;
    }

    private void Append(SafeFileHandle file, byte[] bytes)
    {
        RandomAccess.Write(file, bytes, _written);
        _written += bytes.Length;
    }

    private byte[] LineOf(LogLevel level, string line) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Name(level)} {line}\n"));

    private void Close()
    {
        var file = _file;
        (_file, _isClosed) = (null, true);
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
