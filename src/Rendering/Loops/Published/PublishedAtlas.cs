using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops.Packages;

namespace Depth3D.Rendering.Loops.Published;

/// <summary>
/// Tiles of one kind as the published viewer takes them: straight alpha, no apron; a slot begins with the tile's first texel and ends with the first of the
/// next tile, so that quads which meet show the same texel where they meet. What is transparent has the colour beside it, against dark rims.
/// </summary>
internal sealed class PublishedAtlas
{
    private const int Channels = MultiTileVideo.Channels;

    private readonly MultiTileVideo _video;
    private readonly ApronAtlas _tiles;
    private readonly bool _moving;

    public PublishedAtlas(MultiTileVideo video, bool moving) => (_video, _moving, _tiles) = (video, moving, new ApronAtlas(video, moving));

    /// <summary>Plane, tile row and tile column of every slot.</summary>
    public IReadOnlyList<(int Plane, int TileY, int TileX)> Tiles => _tiles.Tiles;

    /// <summary>Texels on a slot's side.</summary>
    public int SlotSide => _video.Geometry.TileSize + 1;

    /// <summary>The picture is never empty: the viewer asks for it in any case.</summary>
    public AtlasLayout Layout => AtlasLayout.For(Math.Max(1, Tiles.Count));

    public int Width => Layout.Columns * SlotSide;

    public int Height => Layout.Rows * SlotSide;

    public Raster<byte> Draw(int frame)
    {
        var atlas = new Raster<byte>(Width, Height, Channels);
        Span<float> texel = stackalloc float[Channels];
        for (var slot = 0; slot < Tiles.Count; slot++)
        {
            var (column, row) = Layout[slot];
            for (var y = 0; y < SlotSide; y++)
                for (var x = 0; x < SlotSide; x++)
                {
                    Texel(Tiles[slot], x, y, frame, texel);
                    for (var c = 0; c < Channels; c++) atlas[(column * SlotSide) + x, (row * SlotSide) + y, c] = (byte)Math.Clamp((texel[c] * 255) + 0.5f, 0, 255);
                }
        }

        return atlas;
    }

    /// <summary>A texel counted from the tile's first.</summary>
    private void Texel((int Plane, int TileY, int TileX) tile, int x, int y, int frame, Span<float> texel)
    {
        var size = _video.Geometry.TileSize;
        int tileX = tile.TileX + (x / size), tileY = tile.TileY + (y / size);
        var entry = tileX < _video.Geometry.TilesX && tileY < _video.Geometry.TilesY ? _video.Tiles[tile.Plane, tileY, tileX] : TileTable.Empty;
        if (entry == TileTable.Empty)
        {
            var own = _video.Tiles[tile.Plane, tile.TileY, tile.TileX];
            _video.Tile(own, frame).Slice(((Math.Min(y, size - 1) * size) + Math.Min(x, size - 1)) * Channels, Channels).CopyTo(texel);
            texel[3] = 0;
            return;
        }

        // A still tile has one picture; where it meets one that moves, it takes that one's first frame.
        _video.Tile(entry, _moving ? frame : 0).Slice((((y % size) * size) + (x % size)) * Channels, Channels).CopyTo(texel);
    }
}
