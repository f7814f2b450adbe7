using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Imaging;

/// <summary>
/// Encodes frames by piping them to ffmpeg: RGB, RGBA or 16-bit grey, as the codec says. The file gets its name only when <see cref="FinishAsync"/> succeeds; disposing or
/// cancelling before that ends ffmpeg and leaves nothing. One encoder thread and bit-exact flags: the same frames give the same bytes.
/// Odd sizes are padded to even ones by repeating the last column and row.
/// </summary>
public sealed class VideoWriter : IAsyncDisposable
{
    /// <summary>The system's words for what a retry does not mend.</summary>
    private static readonly string[] StorageReasons =
        ["no space left", "quota exceeded", "permission denied", "read-only file system", "is a directory", "file too large"];

    private readonly string _path;
    private readonly string _partial;
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string> _output;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly CancellationToken _token;
    private readonly byte[] _padded;
    private readonly int _width;
    private readonly int _height;
    private readonly int _pixelBytes;
    private bool _finished;
    private int _disposed;

    private VideoWriter(string path, int width, int height, VideoCodec codec, double fps, int quality, CancellationToken cancellation)
    {
        (_path, _partial, _width, _height) = (path, OutputFile.PartialName(path), width, height);
        _pixelBytes = VideoEncoding.PixelBytes(codec);
        _padded = new byte[checked(Even(width) * Even(height) * _pixelBytes)];
        _process = ExternalProcess.Start("ffmpeg", Arguments(codec, fps, quality), redirectInput: true);
        _errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _output = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _token = cancellation;
        _cancellation = cancellation.Register(Kill);
    }

    /// <summary>Frames written so far.</summary>
    public int Count { get; private set; }

    /// <param name="path">Its folder must exist; a file of that name is replaced on success.</param>
    /// <param name="fps">Above 0 and at most 1000.</param>
    /// <param name="quality">Constant rate factor of H.264, HEVC and, on its own scale, VP9, 0 (lossless) to 51; ignored by the others.</param>
    /// <exception cref="Depth3DException">ffmpeg is not installed, or the folder is missing.</exception>
    public static VideoWriter Open(string path, int width, int height, double fps, VideoCodec codec = VideoCodec.H264, int quality = 18,
        CancellationToken cancellation = default)
    {
        ImageLimits.Check(width, height, path);
        if (fps is not (> 0 and <= 1000)) throw new ArgumentOutOfRangeException(nameof(fps), fps, "above 0 and at most 1000");
        ArgumentOutOfRangeException.ThrowIfNegative(quality);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 51);
        cancellation.ThrowIfCancellationRequested();
        var full = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new Depth3DException("the folder does not exist", full, "create it first", FailureKind.Storage);
        return new VideoWriter(full, width, height, codec, fps, quality, cancellation);
    }

    /// <param name="picture">3 channels, or 4 for a codec with alpha, of the size given to <see cref="Open"/>.</param>
    /// <exception cref="Depth3DException">ffmpeg has ended; the text holds its reason.</exception>
    public void Write(Raster<byte> picture) => Write(picture.Width, picture.Height, picture.Channels, picture.Samples);

    /// <param name="grey">1 channel, of the size given to <see cref="Open"/>, for a codec of grey frames.</param>
    /// <exception cref="Depth3DException">ffmpeg has ended; the text holds its reason.</exception>
    public void Write(Raster<ushort> grey) =>
        Write(grey.Width, grey.Height, grey.Channels * sizeof(ushort), MemoryMarshal.AsBytes<ushort>(grey.Samples));

    private void Write(int width, int height, int pixelBytes, ReadOnlySpan<byte> samples)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0 || _finished, this);
        _token.ThrowIfCancellationRequested();
        if (width != _width || height != _height || pixelBytes != _pixelBytes)
            throw new ArgumentException($"frame {Count} is {width}x{height} of {pixelBytes} bytes, expected {_width}x{_height} of {_pixelBytes}", nameof(samples));
        try
        {
            _process.StandardInput.BaseStream.Write(Pad(samples));
            Count++;
        }
        catch (IOException e)
        {
            _token.ThrowIfCancellationRequested();
            Kill();
            throw Failed($"ffmpeg ended while frame {Count} was written", e);
        }
    }

    /// <summary>Ends the stream, waits for ffmpeg and gives the file its name.</summary>
    /// <exception cref="Depth3DException">No frame was written, or ffmpeg failed.</exception>
    public async Task FinishAsync()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (_finished) return;
        if (Count == 0) throw new Depth3DException("a video needs at least one frame", _path);
        try
        {
            await _process.StandardInput.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The exit code below says why the pipe is broken.
        }

        await _process.WaitForExitAsync(_token).ConfigureAwait(false);
        _token.ThrowIfCancellationRequested();
        if (_process.ExitCode != 0) throw Failed($"ffmpeg ended with code {_process.ExitCode}", null);
        try
        {
            File.Move(_partial, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.Failed(_path, e);
        }

        _finished = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _cancellation.DisposeAsync().ConfigureAwait(false);
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.WhenAll(_errors, _output).ConfigureAwait(false);
        _process.Dispose();
        if (!_finished) OutputFile.Discard(_partial);
    }

    private List<string> Arguments(VideoCodec codec, double fps, int quality) =>
    [
        "-hide_banner", "-nostats", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", VideoEncoding.InputFormat(codec),
        "-s", FormattableString.Invariant($"{Even(_width)}x{Even(_height)}"), "-framerate", Rational(fps), "-i", "pipe:0",
        "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-threads", "1", "-filter_threads", "1",
        .. VideoEncoding.OutputArguments(codec, quality), "file:" + _partial,
    ];

    /// <summary>The NTSC rates are exact fractions of 1001.</summary>
    private static string Rational(double fps)
    {
        var nominal = Math.Round(fps * 1.001);
        return Math.Abs((nominal / 1.001) - fps) < 1e-3 && Math.Abs(fps - Math.Round(fps)) > 1e-3
            ? FormattableString.Invariant($"{(int)nominal * 1000}/1001")
            : fps.ToString("R", CultureInfo.InvariantCulture);
    }

    private ReadOnlySpan<byte> Pad(ReadOnlySpan<byte> samples)
    {
        int row = _width * _pixelBytes, paddedRow = Even(_width) * _pixelBytes;
        if (_padded.Length == samples.Length) return samples;
        for (var y = 0; y < Even(_height); y++)
        {
            var from = samples.Slice(Math.Min(y, _height - 1) * row, row);
            var to = _padded.AsSpan(y * paddedRow, paddedRow);
            from.CopyTo(to);
            if (paddedRow > row) from[^_pixelBytes..].CopyTo(to[row..]);
        }

        return _padded;
    }

    private static int Even(int size) => (size + 1) / 2 * 2;

    private void Kill()
    {
        try
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }

    private Depth3DException Failed(string what, Exception? inner)
    {
        var reason = _errors.GetAwaiter().GetResult().Trim();
        var text = new StringBuilder(what);
        if (reason.Length > 0) text.Append(": ").Append(reason.Length > 2000 ? reason[^2000..] : reason);
        var isStorage = StorageReasons.Any(words => reason.Contains(words, StringComparison.OrdinalIgnoreCase));
        return isStorage
            ? new Depth3DException(text.ToString(), _path, "check the folder, its permissions and the free space", FailureKind.Storage, inner)
            : new Depth3DException(text.ToString(), _path, "try again", FailureKind.Transient, inner);
    }
}
