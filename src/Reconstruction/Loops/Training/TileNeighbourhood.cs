using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>A tile of one frame with the texels beside it, where there are any.</summary>
internal sealed class TileNeighbourhood(MultiTileVideo values, MultiTileVideo weights)
{
    private readonly int _size = values.Geometry.TileSize;
    private int _plane, _tileY, _tileX, _frame;

    public void Load(int plane, int tileY, int tileX, int frame) => (_plane, _tileY, _tileX, _frame) = (plane, tileY, tileX, frame);

    /// <param name="x">Column in the tile, -1 .. size.</param>
    /// <param name="y">Row in the tile, -1 .. size.</param>
    /// <param name="texel">RGBA of the values.</param>
    /// <param name="alpha">Of the weights.</param>
    /// <returns>False where the tile there is empty.</returns>
    public bool TryRead(int x, int y, out ReadOnlySpan<float> texel, out float alpha)
    {
        var (tileX, tileY) = (_tileX + Beyond(x), _tileY + Beyond(y));
        texel = default;
        alpha = 0;
        if (tileX < 0 || tileY < 0 || tileX >= values.Geometry.TilesX || tileY >= values.Geometry.TilesY) return false;
        var entry = values.Tiles[_plane, tileY, tileX];
        if (entry == TileTable.Empty) return false;
        var at = ((((y + _size) % _size) * _size) + ((x + _size) % _size)) * MultiTileVideo.Channels;
        texel = values.Tile(entry, _frame).Slice(at, MultiTileVideo.Channels);
        alpha = weights.Tile(entry, _frame)[at + 3];
        return true;
    }

    private int Beyond(int n) => n < 0 ? -1 : n >= _size ? 1 : 0;
}
