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
    private readonly string _path;
    private readonly FileStream _file;
    private nint _video;

    private VideoReader(string path, FileStream file, nint video, VideoInfo info) => (_path, _file, _video, Info) = (path, file, video, info);

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

            return new VideoReader(path, file, video, info);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The next frame; false at the end.</summary>
    /// <param name="timestampSeconds">Presentation time from the start of the stream, as stored.</param>
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
        Position++;
        return true;
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _video, 0) is not 0 and var video) Cv.d3cv_video_free(video);
    }
}
