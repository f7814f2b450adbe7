using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops.Packages;

/// <summary>
/// Tiles of one kind side by side, premultiplied and rounded to 8 bits, each with the texels that surround it on its plane, so that filtering never
/// reaches another tile. Round a static tile, texels of tiles that move are their mean over the loop.
/// </summary>
internal sealed class ApronAtlas
{
    public const int Apron = 1;
    private const int Channels = MultiTileVideo.Channels;

    private readonly MultiTileVideo _video;
    private readonly bool _moving;
    private readonly (int Plane, int TileY, int TileX)[] _tiles;

    /// <param name="moving">Which kind of tiles.</param>
    public ApronAtlas(MultiTileVideo video, bool moving)
    {
        (_video, _moving) = (video, moving);
        var table = video.Tiles;
        _tiles = new (int, int, int)[moving ? table.DynamicSlots : table.StaticSlots];
        for (var at = 0; at < table.Entries.Length; at++)
        {
            var entry = table.Entries[at];
            if (entry == TileTable.Empty || table.IsDynamic(entry) != moving) continue;
            _tiles[moving ? entry - table.StaticSlots : entry] = (at / (table.TilesY * table.TilesX), at / table.TilesX % table.TilesY, at % table.TilesX);
        }

        Layout = AtlasLayout.For(_tiles.Length);
    }

    public AtlasLayout Layout { get; }

    /// <summary>Plane, tile row and tile column of every slot.</summary>
    public IReadOnlyList<(int Plane, int TileY, int TileX)> Tiles => _tiles;

    public int SlotSide => _video.Geometry.TileSize + (2 * Apron);

    /// <summary>RGBA, premultiplied.</summary>
    /// <param name="frame">Of tiles that move.</param>
    public Raster<byte> Draw(int frame)
    {
        var atlas = new Raster<byte>(Layout.Columns * SlotSide, Layout.Rows * SlotSide, Channels);
        for (var slot = 0; slot < _tiles.Length; slot++)
        {
            var (column, row) = Layout[slot];
            for (var y = 0; y < SlotSide; y++)
                DrawRow(_tiles[slot], y - Apron, frame, atlas.Row((row * SlotSide) + y).Slice(column * SlotSide * Channels, SlotSide * Channels));
        }

        return atlas;
    }

    private void DrawRow((int Plane, int TileY, int TileX) tile, int y, int frame, Span<byte> to)
    {
        var size = _video.Geometry.TileSize;
        int planeX = tile.TileX * size, planeY = (tile.TileY * size) + y;
        Span<float> texel = stackalloc float[Channels];
        for (var x = -Apron; x < size + Apron; x++)
        {
            Texel(tile.Plane, planeX + x, planeY, frame, texel);
            Round(texel, to.Slice((x + Apron) * Channels, Channels));
        }
    }

    /// <summary>
    /// To 8 bits. Colour makes up for what rounding alpha lets through of a medium grey behind it, so that both errors do not add up, and stays within alpha.
    /// </summary>
    internal static void Round(ReadOnlySpan<float> texel, Span<byte> to)
    {
        const float Grey = 0.5f;
        var alpha = to[3] = (byte)Math.Clamp((texel[3] * 255) + 0.5f, 0, 255);
        var hidden = (alpha - (texel[3] * 255)) * Grey;
        for (var c = 0; c < 3; c++) to[c] = (byte)Math.Clamp((texel[c] * 255) + hidden + 0.5f, 0, alpha);
    }

    /// <summary>A texel of a plane, premultiplied; zero outside and in empty tiles.</summary>
    private void Texel(int plane, int x, int y, int frame, Span<float> texel)
    {
        var geometry = _video.Geometry;
        var size = geometry.TileSize;
        texel.Clear();
        if (x < 0 || y < 0 || x >= geometry.Plane.Width || y >= geometry.Plane.Height) return;
        var entry = _video.Tiles[plane, y / size, x / size];
        if (entry == TileTable.Empty) return;
        var at = (((y % size) * size) + (x % size)) * Channels;
        var isMean = !_moving && _video.Tiles.IsDynamic(entry);
        int first = isMean ? 0 : frame, count = isMean ? _video.Frames : 1;
        for (var t = first; t < first + count; t++)
        {
            var straight = _video.Tile(entry, t).Slice(at, Channels);
            for (var c = 0; c < 3; c++) texel[c] += straight[c] * straight[3] / count;
            texel[3] += straight[3] / count;
        }
    }
}
