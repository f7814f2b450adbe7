using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Background;

/// <summary>A film, shown at its own speed. Which of its frames a frame of the clip gets depends on nothing but its number.</summary>
internal sealed class FilmPlate : Plate
{
    private readonly string _path;
    private VideoReader _reader;
    private (int Index, Raster<byte> Picture)? _last;

    public FilmPlate(string path) => (_path, _reader) = (path, VideoReader.Open(path));

    public override int CountFrames(CancellationToken cancellation)
    {
        using var reader = VideoReader.Open(_path);
        while (reader.TrySkip(out _)) cancellation.ThrowIfCancellationRequested();
        return reader.Position > 0 ? reader.Position : throw new Depth3DException("no frame of the film can be decoded", _path, "convert it to MP4");
    }

    public override Raster<byte> Frame(int frameIndex, int count, double framesPerSecond)
    {
        var own = _reader.Info.FramesPerSecond > 0 ? _reader.Info.FramesPerSecond : VideoReader.FallbackFramesPerSecond;
        // A hair more than the time of the frame: equal rates must not fall back by one through rounding.
        var index = (int)((long)Math.Floor((frameIndex / framesPerSecond * own) + 1e-6) % count);
        if (_last is { } last && last.Index == index) return last.Picture;
        if (_reader.Position > index) Rewind();
        while (_reader.Position < index && _reader.TrySkip(out _))
        {
        }

        if (!_reader.TryRead(out var picture, out _)) throw new Depth3DException($"frame {index} of the film cannot be read", _path, "convert it to MP4");
        _last = (index, picture);
        return picture;
    }

    public override void Dispose() => _reader.Dispose();

    private void Rewind()
    {
        _reader.Dispose();
        _reader = VideoReader.Open(_path);
    }
}
