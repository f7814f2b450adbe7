using System.Numerics;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Bench.LoopViewer;

/// <summary>The same loop with nothing left out: every plane whole, in as few squares as its sides allow, all of it moving.</summary>
internal static class DenseLoop
{
    private const int LargestSquare = 256;

    /// <summary>Two frames are enough to measure with: a picture shows one of them.</summary>
    private const int MostFrames = 2;

    public static MultiTileVideo Of(MultiTileVideo loop)
    {
        var plane = loop.Geometry.Plane;
        var side = (int)BigInteger.GreatestCommonDivisor(plane.Width, plane.Height);
        while (side > LargestSquare) side /= 2;
        var geometry = loop.Geometry with { TileSize = side };
        var (labels, frames) = (new TileLabel[geometry.TileCount], Math.Min(MostFrames, loop.Frames));
        Array.Fill(labels, frames > 1 ? TileLabel.Dynamic : TileLabel.Static);
        var builder = new MultiTileVideoBuilder(geometry, labels, frames);
        for (var k = 0; k < geometry.Planes; k++)
            for (var frame = 0; frame < frames; frame++) builder.TakePlane(k, frame, Plane(loop, k, frame));
        return builder.Build(loop.FramesPerSecond, loop.View);
    }

    private static float[] Plane(MultiTileVideo loop, int plane, int frame)
    {
        var (grid, size) = (loop.Geometry.Plane, loop.Geometry.TileSize);
        var texels = new float[4 * grid.Width * grid.Height];
        for (var tileY = 0; tileY < loop.Geometry.TilesY; tileY++)
            for (var tileX = 0; tileX < loop.Geometry.TilesX; tileX++)
            {
                var entry = loop.Tiles[plane, tileY, tileX];
                if (entry == TileTable.Empty) continue;
                var tile = loop.Tile(entry, frame);
                for (var y = 0; y < size; y++)
                    tile.Slice(4 * y * size, 4 * size).CopyTo(texels.AsSpan(4 * ((((tileY * size) + y) * grid.Width) + (tileX * size)), 4 * size));
            }

        return texels;
    }
}
