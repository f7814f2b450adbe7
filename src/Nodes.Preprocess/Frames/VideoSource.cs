using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>A video file.</summary>
internal sealed class VideoSource(string path) : ClipSource
{
    private readonly VideoReader _reader = VideoReader.Open(path);
    private double _lastSeconds;

    public override string Name => Path.GetFileName(path);

    public override int Width => _reader.Info.Width;

    public override int Height => _reader.Info.Height;

    public override int RotationDegrees => _reader.Info.RotationDegrees;

    public override double FramesPerSecond => _reader.Info.FramesPerSecond;

    public override long CountEstimate => _reader.Info.FrameCount;

    public override IEnumerable<string> Warnings
    {
        get
        {
            if (_reader.Info.IsVariableRate) yield return "The frame rate varies; the true times are kept, the videos made from it run at the median rate.";
            if (Math.Abs(_reader.Info.PixelAspect - 1) > 0.01)
                yield return FormattableString.Invariant($"Pixels are not square (aspect {_reader.Info.PixelAspect:0.###}); shapes will look stretched. Convert with: ffmpeg -i INPUT -vf scale=iw*sar:ih,setsar=1 OUTPUT.mp4");
            if (_reader.Info.DurationSeconds > _lastSeconds + 1 && _lastSeconds < 0.9 * _reader.Info.DurationSeconds && Ended)
                yield return FormattableString.Invariant($"The file announces {_reader.Info.DurationSeconds:0.#} s, its pictures end after {_lastSeconds:0.#} s.");
        }
    }

    private bool Ended { get; set; }

    public override bool TryNext(bool wanted, out Raster<byte>? rgb, out double timestampSeconds)
    {
        rgb = null;
        var more = wanted ? _reader.TryRead(out rgb, out timestampSeconds) : _reader.TrySkip(out timestampSeconds);
        if (more) _lastSeconds = timestampSeconds;
        Ended = !more;
        return more;
    }

    public override void CheckComplete()
    {
        if (_reader.Position == 0)
        {
            throw new Depth3DException("no frame can be decoded: truncated or damaged", path,
                "check that it plays; convert it with: ffmpeg -i INPUT -c:v libx264 OUTPUT.mp4");
        }

        var missing = _reader.CountMissingPackets();
        if (missing > 0)
        {
            throw new Depth3DException(
                $"truncated: {_reader.Info.FrameCount} frames are announced, {_reader.Position} can be decoded", path,
                _reader.Position > 1 ? $"copy the file again, or take what is there: --max-frames {_reader.Position}" : "copy the file again");
        }
    }

    public override void Dispose() => _reader.Dispose();
}
