using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>The middle of a clip's frames, per pixel and channel: what stays, without what passes.</summary>
public static class FrameMedian
{
    /// <param name="frames">Of one size.</param>
    /// <param name="valid">Per frame, non-zero where it counts; null where all do. A pixel that never counts takes the median of all frames.</param>
    /// <exception cref="ArgumentException">There are no frames.</exception>
    public static Raster<byte> Of(IReadOnlyList<Raster<byte>> frames, IReadOnlyList<Raster<byte>>? valid = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0) throw new ArgumentException("no frames", nameof(frames));
        var result = new Raster<byte>(frames[0].Width, frames[0].Height, frames[0].Channels);
        Parallel.For(0, result.Height, y => Row(frames, valid, result, y));
        return result;
    }

    private static void Row(IReadOnlyList<Raster<byte>> frames, IReadOnlyList<Raster<byte>>? valid, Raster<byte> result, int y)
    {
        var values = new byte[frames.Count];
        for (var x = 0; x < result.Width; x++)
        {
            for (var c = 0; c < result.Channels; c++)
            {
                var count = 0;
                for (var t = 0; t < frames.Count; t++)
                    if (valid is null || valid[t][x, y] != 0) values[count++] = frames[t][x, y, c];
                if (count == 0)
                    foreach (var frame in frames) values[count++] = frame[x, y, c];
                Array.Sort(values, 0, count);
                result[x, y, c] = values[count / 2];
            }
        }
    }
}
