namespace Depth3D.Rendering.Loops.Packages;

/// <summary>Slots of equal size in rows; slot s lies in column s mod <see cref="Columns"/>.</summary>
public readonly record struct AtlasLayout(int Columns, int Rows)
{
    /// <summary>As near to square as it goes: every count fits, fewer slots than a row has stay unused.</summary>
    public static AtlasLayout For(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slots);
        if (slots == 0) return new(0, 0);
        var columns = (int)Math.Ceiling(Math.Sqrt(slots));
        return new(columns, (slots + columns - 1) / columns);
    }

    public int Slots => Columns * Rows;

    public (int Column, int Row) this[int slot] => (slot % Columns, slot / Columns);
}
