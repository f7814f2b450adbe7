using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>
/// Loops with another number of texels per tile, texel edges on texel edges: means over the area where it shrinks, bilinear over tile borders where it
/// grows. Colours weigh as much as their alpha; empty neighbours not at all.
/// </summary>
public static class TileResize
{
    /// <summary>What a texel without alpha weighs still, so that colours never come from nowhere.</summary>
    private const float LeastWeight = 1e-3f;

    public static MultiTileVideo To(MultiTileVideo video, int tileSize) => Of(video, video, tileSize);

    /// <summary>
    /// What coarser levels have come to, with the detail that only the finer beginning has: the beginning plus the resized change.
    /// </summary>
    /// <param name="begin">The loop before any training, at its own size.</param>
    /// <param name="before">The same at the coarse size.</param>
    /// <param name="after">What training made of it there.</param>
    public static MultiTileVideo Refined(MultiTileVideo begin, MultiTileVideo before, MultiTileVideo after)
    {
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var change = Of(after with { StaticTexels = Minus(after.StaticTexels, before.StaticTexels), DynamicTexels = Minus(after.DynamicTexels, before.DynamicTexels) },
            after, begin.Geometry.TileSize);
        return begin with { StaticTexels = Plus(begin.StaticTexels, change.StaticTexels), DynamicTexels = Plus(begin.DynamicTexels, change.DynamicTexels) };
    }

    private static MultiTileVideo Of(MultiTileVideo video, MultiTileVideo weights, int size)
    {
        ArgumentNullException.ThrowIfNull(video);
        var grid = video.Geometry;
        if (size == grid.TileSize) return video;
        int width = grid.TilesX * size, height = grid.TilesY * size, numbers = size * size * MultiTileVideo.Channels;
        var result = video with
        {
            Geometry = grid with
            {
                Plane = grid.Plane.ScaledTo(width, height),
                TileSize = size,
            },
            StaticTexels = new float[video.Tiles.StaticSlots * numbers],
            DynamicTexels = new float[video.Tiles.DynamicSlots * video.Frames * numbers],
        };
        var taps = Taps(grid.TileSize, size);
        Parallel.For(0, grid.Planes * grid.TilesY, row =>
        {
            var (plane, tileY) = (row / grid.TilesY, row % grid.TilesY);
            var source = new TileNeighbourhood(video, weights);
            for (var tileX = 0; tileX < grid.TilesX; tileX++)
            {
                var entry = video.Tiles[plane, tileY, tileX];
                if (entry == TileTable.Empty) continue;
                for (var t = 0; t < (video.Tiles.IsDynamic(entry) ? video.Frames : 1); t++)
                {
                    source.Load(plane, tileY, tileX, t);
                    Resample(source, taps, result.Tile(entry, t), size);
                }
            }
        });
        return result;
    }

    private static void Resample(TileNeighbourhood source, (int At, float Weight)[][] taps, Span<float> to, int size)
    {
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                float red = 0, green = 0, blue = 0, alpha = 0, colours = 0, all = 0;
                foreach (var (row, down) in taps[y])
                {
                    foreach (var (column, across) in taps[x])
                    {
                        if (!source.TryRead(column, row, out var texel, out var opacity)) continue;
                        var (weight, share) = (down * across * (opacity + LeastWeight), down * across);
                        red += weight * texel[0];
                        green += weight * texel[1];
                        blue += weight * texel[2];
                        alpha += share * texel[3];
                        colours += weight;
                        all += share;
                    }
                }

                var at = ((y * size) + x) * MultiTileVideo.Channels;
                (to[at], to[at + 1], to[at + 2], to[at + 3]) = (red / colours, green / colours, blue / colours, alpha / all);
            }
        }
    }

    /// <summary>Source texels of every target texel, -1 and one past the end being the neighbours'.</summary>
    private static (int At, float Weight)[][] Taps(int from, int to)
    {
        var ratio = (double)from / to;
        return [.. Enumerable.Range(0, to).Select(i => to < from ? Area(i * ratio, (i + 1) * ratio) : Linear(((i + 0.5) * ratio) - 0.5))];

        static (int, float)[] Area(double begin, double end) =>
            [.. from n in Enumerable.Range((int)begin, (int)Math.Ceiling(end - 1e-9) - (int)begin) select (n, (float)(Math.Min(n + 1, end) - Math.Max(n, begin)))];

        static (int, float)[] Linear(double at)
        {
            var floor = (int)Math.Floor(at);
            return [(floor, (float)(floor + 1 - at)), (floor + 1, (float)(at - floor))];
        }
    }

    private static float[] Minus(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static float[] Plus(float[] a, float[] b) => [.. a.Zip(b, (x, y) => Math.Clamp(x + y, 0, 1))];
}
