namespace Depth3D.Imaging;

/// <summary>
/// Pixels in memory: row-major, channels interleaved. RGB (never BGR) for colour; depth, disparity and masks have one channel,
/// flow has two (du, dv). Pixel centres lie at integer coordinates, (0, 0) is the top left pixel.
/// </summary>
/// <typeparam name="T">Sample type: byte, ushort, float, ...</typeparam>
public sealed class Raster<T> where T : unmanaged
{
    public Raster(int width, int height, int channels = 1)
        : this(width, height, channels, new T[checked(width * height * channels)])
    {
    }

    /// <summary>Wraps samples without copying.</summary>
    /// <exception cref="ArgumentException">The length is not width * height * channels, or a size is not positive.</exception>
    public Raster(int width, int height, int channels, T[] samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (samples.Length != checked(width * height * channels))
            throw new ArgumentException($"{samples.Length} samples for {width}x{height}x{channels}", nameof(samples));
        Width = width;
        Height = height;
        Channels = channels;
        Samples = samples;
    }

    public int Width { get; }
    public int Height { get; }
    public int Channels { get; }

    /// <summary>Length Width * Height * Channels; index (y * Width + x) * Channels + c.</summary>
    public T[] Samples { get; }

    public int PixelCount => Width * Height;

    public ref T this[int x, int y, int channel = 0] => ref Samples[(((y * Width) + x) * Channels) + channel];

    public Span<T> Row(int y) => Samples.AsSpan(y * Width * Channels, Width * Channels);

    public Raster<T> Clone() => new(Width, Height, Channels, (T[])Samples.Clone());
}
