using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>The clip's pictures as a depth network sees them, one byte a sample (spec 9.5).</summary>
public sealed class ClipPictures
{
    private readonly Raster<byte>[] _frames;

    /// <param name="frames">RGB at training size, all alike.</param>
    public ClipPictures(IReadOnlyList<Raster<byte>> frames)
    {
        _frames = [.. frames];
        (Width, Height) = (_frames[0].Width, _frames[0].Height);
    }

    public int Count => _frames.Length;

    public int Width { get; }

    public int Height { get; }

    /// <summary>Frame after frame, channel after channel, [N, 3, H, W], at the next size whose sides are multiples of <paramref name="multiple"/>.</summary>
    public (byte[] Samples, int Width, int Height) Planes(int multiple)
    {
        int width = Up(Width, multiple), height = Up(Height, multiple);
        var samples = new byte[_frames.Length * 3 * width * height];
        Parallel.For(0, _frames.Length, f =>
        {
            var frame = width == Width && height == Height ? _frames[f] : Resize.Linear(_frames[f], width, height);
            var to = samples.AsSpan(f * 3 * width * height, 3 * width * height);
            for (var i = 0; i < width * height; i++)
            {
                for (var c = 0; c < 3; c++) to[(c * width * height) + i] = frame.Samples[(3 * i) + c];
            }
        });
        return (samples, width, height);
    }

    private static int Up(int side, int multiple) => (side + multiple - 1) / multiple * multiple;
}
