using Depth3D.Imaging.Interop;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// Decodes a video file frame by frame, upright, as RGB. The decoder sees the open file through a neutral name, so a file's name cannot be
/// taken for a pattern, an option or an address, and the file cannot be exchanged after it was checked. Reading ends where the
/// pictures end, whatever the container claims.
/// </summary>
public sealed unsafe class VideoReader : IDisposable
{
    /// <summary>For streams that know neither times nor a rate.</summary>
    public const double FallbackFramesPerSecond = 24;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly string _alias;
    private nint _video;
    private double _lastSeconds = -1;
    private double[]? _packetTimes;

    private VideoReader(string path, string alias, FileStream file, nint video, VideoInfo info) =>
        (_path, _alias, _file, _video, Info) = (path, alias, file, video, info);

    ~VideoReader() => Release();

    public VideoInfo Info { get; }

    /// <summary>Frames decoded or passed over so far.</summary>
    public int Position { get; private set; }

    /// <exception cref="Depth3DException">Missing, empty, not a file, no video in it, damaged headers, or beyond <see cref="ImageLimits"/>.</exception>
    public static VideoReader Open(string path)
    {
        var file = InputFile.OpenRead(path);
        try
        {
            if (file.Length == 0) throw new Depth3DException("the file is empty", path, "export it again");
            var alias = $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}";
            var info = VideoProbe.Run(alias, path);
            nint video;
            fixed (byte* name = CvCall.Utf8(alias)) video = Cv.d3cv_video_open(name);
            if (video == 0)
            {
                throw new Depth3DException($"the video ({info.Codec} in {info.Container}) cannot be decoded: {Cv.LastError}", path,
                    "convert it with: ffmpeg -i INPUT -c:v libx264 OUTPUT.mp4");
            }

            return new VideoReader(path, alias, file, video, info);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The next frame; false at the end.</summary>
    /// <param name="timestampSeconds">Presentation time from the start of the stream; grows from frame to frame.</param>
    /// <exception cref="Depth3DException">A frame has another size than the stream announced.</exception>
    public bool TryRead(out Raster<byte> rgb, out double timestampSeconds)
    {
        ObjectDisposedException.ThrowIf(_video == 0, this);
        rgb = null!;
        var turned = Info.RotationDegrees is 90 or 270;
        var (width, height) = turned ? (Info.Height, Info.Width) : (Info.Width, Info.Height);
        int gotWidth, gotHeight;
        if (!Next(true, &gotWidth, &gotHeight, out timestampSeconds)) return false;
        if (gotWidth != width || gotHeight != height)
        {
            throw new Depth3DException($"frame {Position - 1} is {gotWidth}x{gotHeight}, the stream announced {width}x{height}", _path,
                "bring it to one size with: ffmpeg -i INPUT -c:v libx264 OUTPUT.mp4");
        }

        var frame = new Raster<byte>(width, height, 3);
        fixed (byte* samples = frame.Samples) CvCall.Check(Cv.d3cv_video_copy(_video, width, height, samples), "frame", _path);
        rgb = Colour.Rotate(frame, Info.RotationDegrees);
        return true;
    }

    /// <summary>Decodes the next frame without handing it out; false at the end.</summary>
    public bool TrySkip(out double timestampSeconds)
    {
        ObjectDisposedException.ThrowIf(_video == 0, this);
        int width, height;
        return Next(false, &width, &height, out timestampSeconds);
    }

    /// <summary>
    /// After the end: how many of the announced frames are not in the file, because it is truncated or lies. Frames that an edit list cuts
    /// off are not missing.
    /// </summary>
    public long CountMissingPackets() =>
        Position >= Info.FrameCount ? 0 : Math.Max(0, Info.FrameCount - VideoProbe.CountPackets(_alias));

    public void Dispose()
    {
        Release();
        _file.Dispose();
        GC.SuppressFinalize(this);
    }

    private bool Next(bool wanted, int* width, int* height, out double timestampSeconds)
    {
        double milliseconds;
        var result = CvCall.Check(Cv.d3cv_video_next(_video, wanted ? 1 : 0, width, height, &milliseconds), $"frame {Position}", _path);
        timestampSeconds = milliseconds / 1000;
        if (result != 0) return false;
        if (!(timestampSeconds > _lastSeconds) || !double.IsFinite(timestampSeconds)) timestampSeconds = MissingTime();
        _lastSeconds = timestampSeconds;
        Position++;
        return true;
    }

    /// <summary>
    /// The decoder knows no time for the frames it still held when the packets ended, and containers may lie. At an even rate the next step
    /// follows; otherwise the packets' own times do, which in presentation order are those of the frames.
    /// </summary>
    private double MissingTime()
    {
        if (_lastSeconds < 0) return 0;
        if (Info.IsVariableRate)
        {
            _packetTimes ??= VideoProbe.PacketTimes(_alias);
            if (Position < _packetTimes.Length && _packetTimes[Position] - _packetTimes[0] is var time && time > _lastSeconds) return time;
        }

        return _lastSeconds + (1 / (Info.FramesPerSecond > 0 ? Info.FramesPerSecond : FallbackFramesPerSecond));
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _video, 0) is not 0 and var video) Cv.d3cv_video_free(video);
    }
}
