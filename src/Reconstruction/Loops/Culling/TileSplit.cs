using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Culling;

/// <summary>
/// The same loop in smaller tiles. What is large is quick to optimise and what is small leaves more out: of a tile that a surface only cuts, the rest goes.
/// </summary>
public static class TileSplit
{
    /// <summary>Side of the tiles of a package, texels.</summary>
    public const int FineSide = 8;

    /// <summary>Tiles halved until they are no larger than <see cref="FineSide"/>; an odd side stays.</summary>
    public static MultiTileVideo Fine(MultiTileVideo video)
    {
        ArgumentNullException.ThrowIfNull(video);
        while (video.Geometry.TileSize > FineSide && video.Geometry.TileSize % 2 == 0) video = Halved(video);
        return video;
    }

    private static MultiTileVideo Halved(MultiTileVideo video)
    {
        var (coarse, fine) = (video.Geometry, video.Geometry with { TileSize = video.Geometry.TileSize / 2 });
        var labels = new TileLabel[fine.TileCount];
        for (var tile = 0; tile < labels.Length; tile++)
        {
            var (plane, row, column) = Place(fine, tile);
            labels[tile] = video.Tiles.LabelOf(video.Tiles[plane, row / 2, column / 2]);
        }

        var builder = new MultiTileVideoBuilder(fine, labels, video.Frames);
        int from = coarse.TileSize * MultiTileVideo.Channels, to = fine.TileSize * MultiTileVideo.Channels;
        Parallel.For(0, labels.Length, tile =>
        {
            if (labels[tile] == TileLabel.Empty) return;
            var (plane, row, column) = Place(fine, tile);
            for (var frame = 0; frame < (labels[tile] == TileLabel.Dynamic ? video.Frames : 1); frame++)
            {
                var whole = video.Tile(video.Tiles[plane, row / 2, column / 2], frame);
                var part = builder.Tile(plane, row, column, frame);
                for (var y = 0; y < fine.TileSize; y++)
                    whole.Slice((((row % 2 * fine.TileSize) + y) * from) + (column % 2 * to), to).CopyTo(part[(y * to)..]);
            }
        });
        return builder.Build(video.FramesPerSecond, video.View);
    }

    private static (int Plane, int Row, int Column) Place(LoopGeometry geometry, int tile) =>
        (tile / (geometry.TilesY * geometry.TilesX), tile / geometry.TilesX % geometry.TilesY, tile % geometry.TilesX);
}
