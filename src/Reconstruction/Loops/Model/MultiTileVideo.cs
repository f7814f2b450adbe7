namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>
/// A loop as tiles on planes (multi-tile video, MTV): straight, activated colour and alpha in 0..1, gamma-encoded as the source. What a picture shows is
/// premultiplied per texel, then filtered bilinearly, then composited from near to far; empty tiles and what lies outside are zero.
/// </summary>
public sealed record MultiTileVideo
{
    /// <summary>Numbers per texel: RGBA.</summary>
    public const int Channels = 4;

    public required LoopGeometry Geometry { get; init; }

    public required TileTable Tiles { get; init; }

    /// <summary>Frames of the loop, T; frame T is frame 0. 1 where nothing moves.</summary>
    public required int Frames { get; init; }

    public required double FramesPerSecond { get; init; }

    /// <summary>[static slot, row, column, RGBA], tiles without apron.</summary>
    public required float[] StaticTexels { get; init; }

    /// <summary>[dynamic slot, frame, row, column, RGBA].</summary>
    public required float[] DynamicTexels { get; init; }

    /// <summary>How far a camera may leave the reference camera and still see a filled picture.</summary>
    public required ViewBox View { get; init; }

    /// <summary>Stored numbers.</summary>
    public long Parameters => (long)StaticTexels.Length + DynamicTexels.Length;

    /// <summary>Numbers that all planes over all frames would take.</summary>
    public long DenseParameters => (long)Geometry.TileCount * TileNumbers * Frames;

    /// <summary>Numbers of one tile in one frame.</summary>
    public int TileNumbers => Geometry.TileSize * Geometry.TileSize * Channels;

    /// <summary>The texels of a kept tile, row-major RGBA.</summary>
    /// <param name="entry">Of <see cref="TileTable"/>, not empty.</param>
    /// <param name="frame">0 .. <see cref="Frames"/>-1; a static tile is the same in all.</param>
    public Span<float> Tile(int entry, int frame)
    {
        var fixedSlots = Tiles.StaticSlots;
        return entry < fixedSlots
            ? StaticTexels.AsSpan(entry * TileNumbers, TileNumbers)
            : DynamicTexels.AsSpan(checked((((entry - fixedSlots) * Frames) + frame) * TileNumbers), TileNumbers);
    }

    /// <summary>Fails where the arrays do not have the sizes that table and frames say.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public MultiTileVideo Validated()
    {
        if (Frames < 1) throw new ArgumentException($"{Frames} frames");
        if (!(FramesPerSecond > 0) || !double.IsFinite(FramesPerSecond)) throw new ArgumentException($"{FramesPerSecond} frames per second");
        if ((Tiles.Planes, Tiles.TilesY, Tiles.TilesX) != (Geometry.Planes, Geometry.TilesY, Geometry.TilesX))
            throw new ArgumentException($"a table of {Tiles.Planes}x{Tiles.TilesY}x{Tiles.TilesX} tiles for {Geometry.Planes}x{Geometry.TilesY}x{Geometry.TilesX}");
        Require("static", StaticTexels.Length, (long)Tiles.StaticSlots * TileNumbers);
        Require("dynamic", DynamicTexels.Length, (long)Tiles.DynamicSlots * Frames * TileNumbers);
        return this;
    }

    private static void Require(string what, long length, long expected)
    {
        if (length != expected) throw new ArgumentException($"{length} {what} numbers, expected {expected}");
    }
}
