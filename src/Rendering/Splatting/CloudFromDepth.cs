using System.Runtime.Intrinsics;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Splatting;

/// <summary>Turns a frame and its depth into points of the world (spec 7).</summary>
public static class CloudFromDepth
{
    /// <param name="rgb">Three channels, the depth's size.</param>
    /// <param name="depth">z; what is not positive and finite gives no point.</param>
    /// <param name="intrinsics">At the depth's size.</param>
    /// <param name="keep">Pixels to use; all when null.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static PointCloud Make(Raster<byte> rgb, Raster<float> depth, Intrinsics intrinsics, RigidTransform camFromWorld, bool[]? keep = null)
    {
        if (rgb.Width != depth.Width || rgb.Height != depth.Height || rgb.Channels != 3)
            throw new ArgumentException($"{rgb.Width}x{rgb.Height}x{rgb.Channels} colours for {depth.Width}x{depth.Height} depths");
        if (intrinsics.Width != depth.Width || intrinsics.Height != depth.Height)
            throw new ArgumentException($"intrinsics for {intrinsics.Width}x{intrinsics.Height}, depth is {depth.Width}x{depth.Height}");
        var (pixels, rows) = Used(depth, keep);
        var cloud = PointCloud.OfSize(pixels.Length, new(pixels, rows, intrinsics, camFromWorld));
        var points = new DepthPoints(depth, intrinsics, camFromWorld.Inverse());
        Parallel.For(0, depth.Height, y =>
        {
            var own = pixels.AsSpan(rows[y], rows[y + 1] - rows[y]);
            points.Set(y, own, cloud, rows[y]);
            Colour(rgb.Samples, own, cloud.Colours.AsSpan(rows[y]));
        });
        return cloud;
    }

    /// <returns>The pixels that give points, row by row, and for each row the place where its pixels begin.</returns>
    private static (int[] Pixels, int[] Rows) Used(Raster<float> depth, bool[]? keep)
    {
        int width = depth.Width, height = depth.Height;
        var used = GC.AllocateUninitializedArray<int>(depth.PixelCount);
        var counts = new int[height];
        Parallel.For(0, height, y =>
        {
            int first = y * width, at = first;
            for (var i = first; i < first + width; i++)
            {
                // Written in any case; the next one overwrites it.
                used[at] = i;
                at += (keep is null || keep[i]) && depth.Samples[i] > 0 && float.IsFinite(depth.Samples[i]) ? 1 : 0;
            }

            counts[y] = at - first;
        });
        var rows = new int[height + 1];
        for (var y = 0; y < height; y++) rows[y + 1] = rows[y] + counts[y];
        if (rows[height] == used.Length) return (used, rows);
        var pixels = GC.AllocateUninitializedArray<int>(rows[height]);
        for (var y = 0; y < height; y++) used.AsSpan(y * width, counts[y]).CopyTo(pixels.AsSpan(rows[y]));
        return (pixels, rows);
    }

    private static void Colour(byte[] rgb, ReadOnlySpan<int> pixels, Span<uint> colours)
    {
        var order = Vector128.Create((byte)2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9, 255);
        var k = 0;
        for (; k + 4 <= pixels.Length; k += 4)
        {
            var i = pixels[k];
            if (pixels[k + 3] == i + 3 && (3 * i) + Vector128<byte>.Count <= rgb.Length)
                Vector128.Shuffle(Vector128.LoadUnsafe(ref rgb[3 * i]), order).AsUInt32().CopyTo(colours[k..]);
            else
                for (var j = k; j < k + 4; j++) colours[j] = Packed(rgb, pixels[j]);
        }

        for (; k < pixels.Length; k++) colours[k] = Packed(rgb, pixels[k]);
    }

    private static uint Packed(byte[] rgb, int i) => ((uint)rgb[3 * i] << 16) | ((uint)rgb[(3 * i) + 1] << 8) | rgb[(3 * i) + 2];
}
