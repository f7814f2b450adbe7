using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Culling;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>
/// Cuts the still scene into tiles (video-loop spec 4, 10.2): what adds less than the budget to every view goes, near junk that one view alone sees goes, and
/// what shows and can loop becomes dynamic.
/// </summary>
/// <param name="Labels">One per tile, row-major [plane, tile row, tile column].</param>
/// <param name="Bound">No colour of the views changed by more than this, 0..1.</param>
/// <param name="Pruned">Tiles taken out because one view alone saw them close by.</param>
public sealed record StillTiles(IReadOnlyList<TileLabel> Labels, double Bound, int Pruned)
{
    /// <summary>Alpha that rounds to nothing in 8 bits.</summary>
    private const float LeastAlpha = 0.5f / 255;

    /// <summary>A texel loops where this much of it is seen as looping, and it is more than a veil (spec 4.1).</summary>
    private const float LoopThreshold = 0.5f, LoopAlpha = 0.05f;

    /// <summary>Texels that must loop: fewer are specks, which the published opening takes away.</summary>
    private const int LeastLoopTexels = 4;

    /// <summary>Weight in any view below which a tile need not move.</summary>
    private const float LeastWeight = 0.02f;

    /// <param name="views">Of the source, those trained on.</param>
    /// <param name="budget">Largest change of a colour, 0..1.</param>
    public static StillTiles Of(StillPlanes planes, IReadOnlyList<LoopView> views, double budget)
    {
        ArgumentNullException.ThrowIfNull(planes);
        ArgumentNullException.ThrowIfNull(views);
        var video = Still(planes, [.. Filled(planes)]);
        var (pruned, count) = NearPlanePruning.Prune(video, TileContributions.Measure(video, views));
        video = TileSelection.Keep(video, pruned);
        var probes = views.Concat(Probes(planes.Geometry, views)).ToArray();
        var culled = TileCulling.Cull(video, probes, budget);
        var seen = TileContributions.Measure(TileSelection.Keep(video, culled.Labels), probes);
        var labels = culled.Labels.Select((label, tile) =>
            label != TileLabel.Empty && seen.Largest(tile) > LeastWeight && Loops(planes, tile) ? TileLabel.Dynamic : label);
        return new StillTiles([.. labels], culled.Bound, count);
    }

    /// <summary>The scene as a loop of so many frames, all alike.</summary>
    public MultiTileVideo Build(StillPlanes planes, int frames, double framesPerSecond, ViewBox view)
    {
        ArgumentNullException.ThrowIfNull(planes);
        var builder = new MultiTileVideoBuilder(planes.Geometry, [.. Labels], frames);
        for (var plane = 0; plane < planes.Geometry.Planes; plane++)
        {
            var rgba = planes.Rgba(plane);
            for (var frame = 0; frame < frames; frame++) builder.TakePlane(plane, frame, rgba);
        }

        return builder.Build(framesPerSecond, view);
    }

    /// <summary>Cameras at the ends of the box that viewers may move in: what only they see is seen too.</summary>
    private static IEnumerable<LoopView> Probes(LoopGeometry geometry, IReadOnlyList<LoopView> views)
    {
        var box = StillBox.ExtentOf(views);
        foreach (var (x, y) in ((int, int)[])[(0, 0), (-1, -1), (1, -1), (-1, 1), (1, 1)])
            yield return new LoopView(-1, geometry.Reference, new RigidTransform(Mat3.Identity, new Vec3(-x * box.X, -y * box.Y, 0)));
    }

    private static IEnumerable<TileLabel> Filled(StillPlanes planes)
    {
        var geometry = planes.Geometry;
        for (var plane = 0; plane < geometry.Planes; plane++)
            for (var row = 0; row < geometry.TilesY; row++)
                for (var column = 0; column < geometry.TilesX; column++)
                    yield return Texels(geometry, row, column).Any(t => planes.At(plane, 3, t.X, t.Y) > LeastAlpha) ? TileLabel.Static : TileLabel.Empty;
    }

    private static bool Loops(StillPlanes planes, int tile)
    {
        var geometry = planes.Geometry;
        int plane = tile / (geometry.TilesY * geometry.TilesX), row = tile / geometry.TilesX % geometry.TilesY, column = tile % geometry.TilesX;
        return Texels(geometry, row, column).Count(t => planes.At(plane, 4, t.X, t.Y) > LoopThreshold && planes.At(plane, 3, t.X, t.Y) > LoopAlpha) >= LeastLoopTexels;
    }

    private static IEnumerable<(int X, int Y)> Texels(LoopGeometry geometry, int row, int column)
    {
        for (var y = 0; y < geometry.TileSize; y++)
            for (var x = 0; x < geometry.TileSize; x++)
                yield return ((column * geometry.TileSize) + x, (row * geometry.TileSize) + y);
    }

    private static MultiTileVideo Still(StillPlanes planes, TileLabel[] labels) =>
        new StillTiles(labels, 0, 0).Build(planes, 1, 1, new ViewBox(Vec3.Zero, new Vec3(0, 0, 1), new Vec3(0, -1, 0)));
}
