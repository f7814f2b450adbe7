using System.Collections.Concurrent;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Culling;

/// <summary>What every tile adds to what views show (spec 10.2, 9.7): its largest weight in any pixel and frame, view by view.</summary>
public sealed class TileContributions
{
    private readonly float[][] _perView;

    private TileContributions(float[][] perView, List<PixelWeight> small) => (_perView, Small) = (perView, small);

    /// <summary>Views measured.</summary>
    public int Views => _perView.Length;

    /// <summary>All weights above 0 and up to the limit that was asked for, in an order that does not depend on threads.</summary>
    internal List<PixelWeight> Small { get; }

    /// <summary>Largest weight of a tile in one view; tiles are counted row-major [plane, tile row, tile column].</summary>
    public float In(int view, int tile) => _perView[view][tile];

    /// <summary>Largest weight of a tile in all views.</summary>
    public float Largest(int tile) => _perView.Length == 0 ? 0 : _perView.Max(view => view[tile]);

    /// <summary>Number of views in which a tile has a weight of at least <paramref name="least"/>.</summary>
    public int Support(int tile, float least) => _perView.Count(view => view[tile] >= least);

    /// <param name="views">Looked through at every pixel.</param>
    /// <param name="frames">Frames of the loop to look at; null for all.</param>
    public static TileContributions Measure(MultiTileVideo video, IReadOnlyList<LoopView> views, IReadOnlyList<int>? frames = null) => Measure(video, views, frames, 0);

    internal static TileContributions Measure(MultiTileVideo video, IReadOnlyList<LoopView> views, IReadOnlyList<int>? frames, float smallUpTo)
    {
        ArgumentNullException.ThrowIfNull(video);
        video.Validated();
        frames ??= [.. Enumerable.Range(0, video.Tiles.DynamicSlots == 0 ? 1 : video.Frames)];
        var perView = new float[views.Count][];
        var small = new List<PixelWeight>();
        var firstPixel = 0;
        for (var v = 0; v < views.Count; v++)
        {
            var (largest, weights) = Look(video, views[v], frames, smallUpTo, firstPixel);
            perView[v] = largest;
            small.AddRange(weights);
            firstPixel = checked(firstPixel + (views[v].Intrinsics.Width * views[v].Intrinsics.Height));
        }

        return new TileContributions(perView, small);
    }

    private static (float[] Largest, IEnumerable<PixelWeight> Small) Look(MultiTileVideo video, LoopView view, IReadOnlyList<int> frames, float smallUpTo, int firstPixel)
    {
        int width = view.Intrinsics.Width, height = view.Intrinsics.Height;
        var rows = new List<PixelWeight>[height];
        var seen = new ConcurrentBag<float[]>();
        Parallel.For(0, height, () => (Stack: new PixelStack(video, view.Intrinsics, view.CamFromReference), Largest: new float[video.Geometry.TileCount]), (y, _, own) =>
        {
            var row = rows[y] = [];
            for (var x = 0; x < width; x++)
            {
                own.Stack.Look(x, y, frames);
                for (var i = 0; i < own.Stack.Count; i++)
                {
                    var (tile, weight) = (own.Stack.Tile(i), own.Stack.Weight(i));
                    own.Largest[tile] = Math.Max(own.Largest[tile], weight);
                    if (weight > 0 && weight <= smallUpTo) row.Add(new(tile, firstPixel + (y * width) + x, weight));
                }
            }

            return own;
        }, own => seen.Add(own.Largest));
        var largest = new float[video.Geometry.TileCount];
        foreach (var part in seen)
            for (var i = 0; i < largest.Length; i++) largest[i] = Math.Max(largest[i], part[i]);
        return (largest, rows.SelectMany(row => row));
    }
}
