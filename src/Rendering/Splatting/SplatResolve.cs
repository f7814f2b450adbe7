using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Splatting;

/// <summary>Turns samples of the packed z-buffer into a layer.</summary>
internal static class SplatResolve
{
    /// <param name="buffers">One per thread; the first is overwritten.</param>
    /// <param name="n">Samples per pixel and axis.</param>
    public static void Row(ulong[][] buffers, int stride, ViewLayer layer, int y, int n)
    {
        var samples = buffers[0].AsSpan(y * n * stride, n * stride);
        for (var t = 1; t < buffers.Length; t++) SplatKernel.Merge(samples, buffers[t].AsSpan(y * n * stride, n * stride));
        for (var x = 0; x < layer.Width; x++)
        {
            uint r = 0, g = 0, b = 0, count = 0;
            var nearest = SplatKernel.Empty;
            for (var sy = 0; sy < n; sy++)
                foreach (var sample in samples.Slice((sy * stride) + (x * n), n))
                {
                    if (sample == SplatKernel.Empty) continue;
                    nearest = Math.Min(nearest, sample);
                    r += (uint)(sample >> 16) & 255;
                    g += (uint)(sample >> 8) & 255;
                    b += (uint)sample & 255;
                    count++;
                }

            if (count == 0) continue;
            var i = (y * layer.Width) + x;
            var rgba = layer.Rgba.AsSpan(4 * i, 4);
            (rgba[0], rgba[1], rgba[2]) = (Mean(r, count), Mean(g, count), Mean(b, count));
            rgba[3] = (byte)(255 * count / (uint)(n * n));
            layer.Depth[i] = BitConverter.UInt32BitsToSingle((uint)(nearest >> 32));
        }
    }

    private static byte Mean(uint sum, uint count) => (byte)((sum + (count / 2)) / count);
}
