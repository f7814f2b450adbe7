namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>Makes a <see cref="MultiTileVideo"/> from labels and the texels of kept tiles, or from dense planes of which only those are kept.</summary>
public sealed class MultiTileVideoBuilder
{
    private readonly LoopGeometry _geometry;
    private readonly TileTable _table;
    private readonly int _frames;
    private readonly float[] _static;
    private readonly float[] _dynamic;

    /// <param name="labels">One per tile, row-major [plane, tile row, tile column].</param>
    /// <param name="frames">T of the loop.</param>
    public MultiTileVideoBuilder(LoopGeometry geometry, ReadOnlySpan<TileLabel> labels, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        (_geometry, _table, _frames) = (geometry, TileTable.FromLabels(geometry, labels), frames);
        _static = new float[checked(_table.StaticSlots * TileNumbers)];
        _dynamic = new float[checked(_table.DynamicSlots * frames * TileNumbers)];
    }

    private int TileNumbers => _geometry.TileSize * _geometry.TileSize * MultiTileVideo.Channels;

    /// <summary>Where a tile's texels are kept, row-major RGBA, to be filled; empty for an empty tile. A static tile has one place for all frames.</summary>
    public Span<float> Tile(int plane, int tileY, int tileX, int frame)
    {
        var entry = _table[plane, tileY, tileX];
        if (entry == TileTable.Empty) return [];
        return _table.IsDynamic(entry)
            ? _dynamic.AsSpan((((entry - _table.StaticSlots) * _frames) + frame) * TileNumbers, TileNumbers)
            : _static.AsSpan(entry * TileNumbers, TileNumbers);
    }

    /// <summary>Takes the kept tiles of one plane in one frame: dynamic ones of this frame, static ones with it only for frame 0.</summary>
    /// <param name="rgba">[row, column, RGBA] of the whole plane, straight, 0..1.</param>
    public MultiTileVideoBuilder TakePlane(int plane, int frame, ReadOnlySpan<float> rgba)
    {
        var numbers = _geometry.Plane.Width * _geometry.Plane.Height * MultiTileVideo.Channels;
        if (rgba.Length != numbers) throw new ArgumentException($"{rgba.Length} numbers for a plane of {numbers}", nameof(rgba));
        for (var tileY = 0; tileY < _geometry.TilesY; tileY++)
            for (var tileX = 0; tileX < _geometry.TilesX; tileX++)
            {
                var entry = _table[plane, tileY, tileX];
                if (entry == TileTable.Empty || (frame > 0 && !_table.IsDynamic(entry))) continue;
                TakeTile(rgba, tileY, tileX, Tile(plane, tileY, tileX, frame));
            }

        return this;
    }

    public MultiTileVideo Build(double framesPerSecond, ViewBox view) => new MultiTileVideo
    {
        Geometry = _geometry,
        Tiles = _table,
        Frames = _frames,
        FramesPerSecond = framesPerSecond,
        StaticTexels = _static,
        DynamicTexels = _dynamic,
        View = view,
    }.Validated();

    private void TakeTile(ReadOnlySpan<float> plane, int tileY, int tileX, Span<float> tile)
    {
        int size = _geometry.TileSize, row = size * MultiTileVideo.Channels, stride = _geometry.Plane.Width * MultiTileVideo.Channels;
        for (var y = 0; y < size; y++)
            plane.Slice((((tileY * size) + y) * stride) + (tileX * row), row).CopyTo(tile[(y * row)..]);
    }
}
