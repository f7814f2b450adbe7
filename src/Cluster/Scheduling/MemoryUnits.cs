namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Sizes on a logarithmic scale, rounded up by at most 1/16. What a task asks for and what a node has are both measured on it, so a
/// task that fits exactly still fits.
/// </summary>
internal static class MemoryUnits
{
    private const int Steps = 16;

    /// <summary>Smallest unit whose size is at least this; 0 for nothing.</summary>
    public static int Of(long bytes)
    {
        if (bytes <= 0) return 0;
        var octave = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)bytes);
        var unit = octave * Steps + 1;
        while (Bytes(unit) < bytes) unit++;
        return unit;
    }

    /// <summary>Size of a unit.</summary>
    public static long Bytes(int unit)
    {
        if (unit <= 0) return 0;
        var (octave, step) = ((unit - 1) / Steps, (unit - 1) % Steps);
        return octave >= 62 ? long.MaxValue : (1L << octave) + (long)((double)(1L << octave) * step / Steps);
    }
}
