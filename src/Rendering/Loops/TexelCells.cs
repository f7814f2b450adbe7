using System.Runtime.Intrinsics;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops;

/// <summary>
/// The texels of one frame as bilinear lookups need them: premultiplied, and in cells of (tile + 1)² texels, so that the four texels of a lookup lie in
/// one cell. Cell (row i, column j) of a plane holds the lookups whose upper left texel lies in tile (i - 1, j - 1); the first row and column reach half
/// a texel out of the plane. Cells that touch no kept tile do not exist.
/// </summary>
internal sealed class TexelCells
{
    private const int Channels = MultiTileVideo.Channels;

    private readonly MultiTileVideo _video;
    private readonly List<(int Plane, int Row, int Column, int Cell)> _moving = [];
    private int _frame = -1;

    public TexelCells(MultiTileVideo video)
    {
        _video = video.Validated();
        var geometry = video.Geometry;
        (Rows, Columns, Side) = (geometry.TilesY + 1, geometry.TilesX + 1, geometry.TileSize + 1);
        Table = new int[checked(geometry.Planes * Rows * Columns)];
        Table.AsSpan().Fill(-1);
        var still = new List<(int Plane, int Row, int Column, int Cell)>();
        var count = 0;
        for (var at = 0; at < Table.Length; at++)
        {
            var (plane, row, column) = (at / (Rows * Columns), at / Columns % Rows, at % Columns);
            var label = Strongest(plane, row, column);
            if (label == TileLabel.Empty) continue;
            Table[at] = count * Side * Side * Channels;
            (label == TileLabel.Dynamic ? _moving : still).Add((plane, row, column, Table[at]));
            count = checked(count + 1);
        }

        Texels = new float[checked(count * Side * Side * Channels)];
        foreach (var cell in still) Fill(cell, 0);
    }

    /// <summary>Rows and columns of cells on a plane.</summary>
    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Texels on a side of a cell.</summary>
    public int Side { get; }

    /// <summary>[plane, cell row, cell column]: where a cell begins in <see cref="Texels"/>, -1 where there is none.</summary>
    public int[] Table { get; }

    /// <summary>[cell, row, column, RGBA premultiplied].</summary>
    public float[] Texels { get; }

    /// <summary>Puts the tiles that move into their state of a frame.</summary>
    public void Show(int frame)
    {
        if (frame == _frame) return;
        Parallel.ForEach(_moving, cell => Fill(cell, frame));
        _frame = frame;
    }

    private TileLabel Strongest(int plane, int row, int column)
    {
        var strongest = TileLabel.Empty;
        for (var tileY = Math.Max(0, row - 1); tileY <= Math.Min(row, Rows - 2); tileY++)
            for (var tileX = Math.Max(0, column - 1); tileX <= Math.Min(column, Columns - 2); tileX++)
            {
                var label = _video.Tiles.LabelOf(_video.Tiles[plane, tileY, tileX]);
                if (label > strongest) strongest = label;
            }

        return strongest;
    }

    /// <summary>Copies from the tile of the cell and from those right of it, below it and both.</summary>
    private void Fill((int Plane, int Row, int Column, int Cell) cell, int frame)
    {
        var size = Side - 1;
        for (var down = 0; down < 2; down++)
            for (var right = 0; right < 2; right++)
            {
                int tileY = cell.Row - 1 + down, tileX = cell.Column - 1 + right;
                if (tileY < 0 || tileX < 0 || tileY > Rows - 2 || tileX > Columns - 2) continue;
                var entry = _video.Tiles[cell.Plane, tileY, tileX];
                if (entry == TileTable.Empty) continue;
                var tile = _video.Tile(entry, frame);
                int rows = down == 0 ? size : 1, columns = right == 0 ? size : 1;
                for (var y = 0; y < rows; y++)
                {
                    var to = cell.Cell + (((((down * size) + y) * Side) + (right * size)) * Channels);
                    Premultiply(tile.Slice(y * size * Channels, columns * Channels), Texels.AsSpan(to, columns * Channels));
                }
            }
    }

    private static void Premultiply(ReadOnlySpan<float> straight, Span<float> premultiplied)
    {
        for (var i = 0; i < straight.Length; i += Channels)
        {
            var texel = Vector128.Create(straight.Slice(i, Channels));
            var alpha = texel.GetElement(3);
            (texel.WithElement(3, 1f) * alpha).CopyTo(premultiplied[i..]);
        }
    }
}
