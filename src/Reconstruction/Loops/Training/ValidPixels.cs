using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Looping;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Pixels of a clip that may not be shown: filled from the frame nearest in time that has them, and counted.</summary>
public static class ValidPixels
{
    /// <summary>Copies with every invalid pixel taken from the nearest frame in which it is valid; it stays where there is none.</summary>
    public static IReadOnlyList<Raster<byte>> Filled(IReadOnlyList<Raster<byte>> frames, IReadOnlyList<bool[]> valid)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(valid);
        Raster<byte>[] filled = [.. frames.Select(f => f.Clone())];
        Parallel.For(0, frames[0].PixelCount, p =>
        {
            for (var t = 0; t < filled.Length; t++)
            {
                if (valid[t][p] || Nearest(valid, t, p) is not { } other) continue;
                for (var c = 3 * p; c < (3 * p) + 3; c++) filled[t].Samples[c] = frames[other].Samples[c];
            }
        });
        return filled;
    }

    /// <summary>Flags at a smaller size: valid where no invalid pixel reaches.</summary>
    public static bool[] Shrunk(bool[] valid, int width, int height, int toWidth, int toHeight)
    {
        ArgumentNullException.ThrowIfNull(valid);
        var shrunk = new bool[toWidth * toHeight];
        for (var y = 0; y < toHeight; y++)
        {
            for (var x = 0; x < toWidth; x++)
            {
                var all = true;
                for (var v = y * height / toHeight; v <= (((y + 1) * height) - 1) / toHeight && all; v++)
                    for (var u = x * width / toWidth; u <= (((x + 1) * width) - 1) / toWidth && all; u++) all = valid[(v * width) + u];
                shrunk[(y * toWidth) + x] = all;
            }
        }

        return shrunk;
    }

    /// <summary>[key][place]: keys of which enough is valid (<see cref="PatchSearch.ValidShare"/>).</summary>
    public static bool[][] Usable(IReadOnlyList<bool[]> valid, int width, int height, PatchSettings patch)
    {
        ArgumentNullException.ThrowIfNull(valid);
        ArgumentNullException.ThrowIfNull(patch);
        var counts = new int[valid.Count][];
        Parallel.For(0, valid.Count, t => counts[t] = Counts(valid[t], width, height, patch));
        var least = PatchSearch.ValidShare * patch.Frames * patch.Size * patch.Size;
        return [.. Enumerable.Range(0, valid.Count - patch.Frames + 1).Select(j => Enumerable.Range(0, counts[j].Length)
            .Select(p => Enumerable.Range(j, patch.Frames).Sum(t => counts[t][p]) >= least).ToArray())];
    }

    /// <summary>Valid pixels under every window.</summary>
    private static int[] Counts(bool[] valid, int width, int height, PatchSettings patch)
    {
        var sums = new int[(width + 1) * (height + 1)];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                sums[((y + 1) * (width + 1)) + x + 1] = sums[(y * (width + 1)) + x + 1] + sums[((y + 1) * (width + 1)) + x] - sums[(y * (width + 1)) + x] + (valid[(y * width) + x] ? 1 : 0);
        var (rows, columns) = (patch.Places(height), patch.Places(width));
        return [.. Enumerable.Range(0, rows * columns).Select(n =>
        {
            var (top, left) = (n / columns * patch.Stride, n % columns * patch.Stride);
            int At(int y, int x) => sums[(y * (width + 1)) + x];
            return At(top + patch.Size, left + patch.Size) - At(top, left + patch.Size) - At(top + patch.Size, left) + At(top, left);
        })];
    }

    private static int? Nearest(IReadOnlyList<bool[]> valid, int frame, int pixel)
    {
        for (var d = 1; d < valid.Count; d++)
        {
            if (frame - d >= 0 && valid[frame - d][pixel]) return frame - d;
            if (frame + d < valid.Count && valid[frame + d][pixel]) return frame + d;
        }

        return null;
    }
}
