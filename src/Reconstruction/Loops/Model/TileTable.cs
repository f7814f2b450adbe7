namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>
/// Which tile of which plane is kept, and where: an entry of [plane, tile row, tile column] is -1 for an empty tile, a slot of the static atlas in
/// 0 .. <see cref="StaticSlots"/>-1, or <see cref="StaticSlots"/> plus a slot of the dynamic atlas.
/// </summary>
public sealed class TileTable
{
    public const int Empty = -1;

    private readonly int[] _entries;

    /// <exception cref="ArgumentException">A slot is used twice or never, or the length is not the geometry's.</exception>
    public TileTable(int planes, int tilesY, int tilesX, int[] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Length != checked(planes * tilesY * tilesX)) throw new ArgumentException($"{entries.Length} entries for {planes}x{tilesY}x{tilesX} tiles", nameof(entries));
        (Planes, TilesY, TilesX, _entries) = (planes, tilesY, tilesX, entries);
    }

    public int Planes { get; }

    public int TilesY { get; }

    public int TilesX { get; }

    /// <summary>Slots of the static atlas.</summary>
    public int StaticSlots { get; init; }

    /// <summary>Slots of the dynamic atlas.</summary>
    public int DynamicSlots { get; init; }

    /// <summary>Row-major [plane, tile row, tile column].</summary>
    public ReadOnlySpan<int> Entries => _entries;

    public int this[int plane, int tileY, int tileX] => _entries[(((plane * TilesY) + tileY) * TilesX) + tileX];

    public bool IsDynamic(int entry) => entry >= StaticSlots;
}
