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
    public TileTable(int planes, int tilesY, int tilesX, int[] entries, int staticSlots, int dynamicSlots)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Length != checked(planes * tilesY * tilesX)) throw new ArgumentException($"{entries.Length} entries for {planes}x{tilesY}x{tilesX} tiles", nameof(entries));
        RequireEachSlotOnce(entries, staticSlots, dynamicSlots);
        (Planes, TilesY, TilesX, StaticSlots, DynamicSlots, _entries) = (planes, tilesY, tilesX, staticSlots, dynamicSlots, entries);
    }

    public int Planes { get; }

    public int TilesY { get; }

    public int TilesX { get; }

    /// <summary>Slots of the static atlas.</summary>
    public int StaticSlots { get; }

    /// <summary>Slots of the dynamic atlas.</summary>
    public int DynamicSlots { get; }

    /// <summary>Row-major [plane, tile row, tile column].</summary>
    public ReadOnlySpan<int> Entries => _entries;

    public int this[int plane, int tileY, int tileX] => _entries[(((plane * TilesY) + tileY) * TilesX) + tileX];

    /// <summary>Slots in the order of the labels, which is [plane, tile row, tile column], nearest plane first.</summary>
    /// <param name="labels">One per tile of the geometry, row-major.</param>
    public static TileTable FromLabels(LoopGeometry geometry, ReadOnlySpan<TileLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        if (labels.Length != geometry.TileCount) throw new ArgumentException($"{labels.Length} labels for {geometry.TileCount} tiles", nameof(labels));
        var fixedTiles = labels.Count(TileLabel.Static);
        var entries = new int[labels.Length];
        int atStatic = 0, atDynamic = fixedTiles;
        for (var i = 0; i < entries.Length; i++)
            entries[i] = labels[i] switch { TileLabel.Static => atStatic++, TileLabel.Dynamic => atDynamic++, _ => Empty };
        return new TileTable(geometry.Planes, geometry.TilesY, geometry.TilesX, entries, fixedTiles, atDynamic - fixedTiles);
    }

    /// <summary>Whether an entry is a slot of the dynamic atlas; an empty one is not.</summary>
    public bool IsDynamic(int entry) => entry >= StaticSlots;

    public TileLabel LabelOf(int entry) => entry == Empty ? TileLabel.Empty : IsDynamic(entry) ? TileLabel.Dynamic : TileLabel.Static;

    /// <summary>The labels of all tiles, row-major [plane, tile row, tile column].</summary>
    public TileLabel[] Labels() => Array.ConvertAll(_entries, LabelOf);

    private static void RequireEachSlotOnce(int[] entries, int staticSlots, int dynamicSlots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staticSlots);
        ArgumentOutOfRangeException.ThrowIfNegative(dynamicSlots);
        var used = new bool[checked(staticSlots + dynamicSlots)];
        var count = 0;
        foreach (var entry in entries)
        {
            if (entry == Empty) continue;
            if (entry < 0 || entry >= used.Length || used[entry]) throw new ArgumentException($"slot {entry} of {used.Length} is used twice or does not exist", nameof(entries));
            used[entry] = true;
            count++;
        }

        if (count != used.Length) throw new ArgumentException($"{used.Length - count} of {used.Length} slots are never used", nameof(entries));
    }
}
