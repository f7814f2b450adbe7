using Depth3D.Imaging;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Splatting;

/// <summary>Turns samples of the packed z-buffer into a row of a picture.</summary>
internal static class SplatResolve
{
    private const int MostOnStack = 4096;

    /// <summary>Over a background colour.</summary>
    /// <param name="n">Samples per pixel and axis.</param>
    public static void Row(ReadOnlySpan<ulong> samples, Raster<byte> rgb, int y, int n, uint background)
    {
        if (n == 1)
        {
            Copy(samples, rgb.Row(y), background);
            return;
        }

        Span<ulong> sums = stackalloc ulong[rgb.Width <= MostOnStack ? rgb.Width : 0];
        if (sums.IsEmpty) sums = new ulong[rgb.Width];
        SampleSums.Row(samples, n, sums, []);
        var row = rgb.Row(y);
        uint all = (uint)(n * n), round = all / 2;
        for (var x = 0; x < sums.Length; x++)
        {
            var sum = sums[x];
            var open = all - (uint)(sum >> 48);
            if (open > 0) sum += open * Fields(background);
            sum += round * Fields(0x010101);
            // Four samples, as is usual, without a division.
            var mean = all == 4 ? sum >> 2 : Divided(sum, all);
            (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)(mean >> 32), (byte)(mean >> 16), (byte)mean);
        }
    }

    /// <summary>The points alone: open where none falls.</summary>
    public static void Row(ReadOnlySpan<ulong> samples, ViewLayer layer, int y, int n)
    {
        Span<ulong> sums = stackalloc ulong[layer.Width <= MostOnStack ? 2 * layer.Width : 0];
        if (sums.IsEmpty) sums = new ulong[2 * layer.Width];
        var nearest = sums[layer.Width..];
        sums = sums[..layer.Width];
        SampleSums.Row(samples, n, sums, nearest);
        var rgba = layer.Rgba.AsSpan(4 * y * layer.Width, 4 * layer.Width);
        var depths = layer.Depth.AsSpan(y * layer.Width, layer.Width);
        for (var x = 0; x < sums.Length; x++)
        {
            var count = (uint)(sums[x] >> 48);
            if (count == 0) continue;
            var sum = sums[x] + (count / 2 * Fields(0x010101));
            var mean = count == 4 ? sum >> 2 : Divided(sum, count);
            (rgba[4 * x], rgba[(4 * x) + 1], rgba[(4 * x) + 2]) = ((byte)(mean >> 32), (byte)(mean >> 16), (byte)mean);
            rgba[(4 * x) + 3] = (byte)(255 * count / (uint)(n * n));
            depths[x] = BitConverter.UInt32BitsToSingle((uint)(nearest[x] >> 32));
        }
    }

    private static void Copy(ReadOnlySpan<ulong> samples, Span<byte> row, uint background)
    {
        for (var x = 0; x < samples.Length; x++)
        {
            var colour = samples[x] == SplatKernel.Empty ? background : (uint)samples[x];
            row[3 * x] = (byte)(colour >> 16);
            row[(3 * x) + 1] = (byte)(colour >> 8);
            row[(3 * x) + 2] = (byte)colour;
        }
    }

    /// <summary>A colour in the fields of <see cref="SampleSums"/>.</summary>
    private static ulong Fields(uint rgb) => (rgb & 0xFF) | ((rgb & 0xFF00) << 8) | ((ulong)(rgb & 0xFF0000) << 16);

    private static ulong Divided(ulong fields, uint by) =>
        ((fields >> 32 & 0xFFFF) / by << 32) | ((fields >> 16 & 0xFFFF) / by << 16) | ((fields & 0xFFFF) / by);
}
