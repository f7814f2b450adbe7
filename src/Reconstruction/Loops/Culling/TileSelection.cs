using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Culling;

/// <summary>The same loop with fewer or stiller tiles.</summary>
public static class TileSelection
{
    /// <param name="labels">One per tile: what is empty or static stays so; a static tile of one that moved holds its mean over the loop, colour by weight.</param>
    /// <exception cref="ArgumentException">A label asks for texels that the loop does not have.</exception>
    public static MultiTileVideo Keep(MultiTileVideo video, IReadOnlyList<TileLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(video);
        var geometry = video.Geometry;
        var builder = new MultiTileVideoBuilder(geometry, [.. labels], video.Frames);
        for (var tile = 0; tile < labels.Count; tile++)
        {
            var entry = video.Tiles.Entries[tile];
            if (labels[tile] > video.Tiles.LabelOf(entry)) throw new ArgumentException($"tile {tile} is {video.Tiles.LabelOf(entry)} and cannot become {labels[tile]}", nameof(labels));
            if (labels[tile] == TileLabel.Empty) continue;
            var (plane, row, column) = (tile / (geometry.TilesY * geometry.TilesX), tile / geometry.TilesX % geometry.TilesY, tile % geometry.TilesX);
            if (labels[tile] == TileLabel.Dynamic)
                for (var frame = 0; frame < video.Frames; frame++) video.Tile(entry, frame).CopyTo(builder.Tile(plane, row, column, frame));
            else if (video.Tiles.IsDynamic(entry)) Mean(video, entry, builder.Tile(plane, row, column, 0));
            else video.Tile(entry, 0).CopyTo(builder.Tile(plane, row, column, 0));
        }

        return builder.Build(video.FramesPerSecond, video.View);
    }

    private static void Mean(MultiTileVideo video, int entry, Span<float> mean)
    {
        for (var frame = 0; frame < video.Frames; frame++)
        {
            var texels = video.Tile(entry, frame);
            for (var i = 0; i < texels.Length; i++) mean[i] += (i % 4 == 3 ? 1 : texels[i | 3]) * texels[i] / video.Frames;
        }

        for (var i = 0; i < mean.Length; i++)
            if (i % 4 != 3 && mean[i | 3] > 0) mean[i] /= mean[i | 3];
    }
}
