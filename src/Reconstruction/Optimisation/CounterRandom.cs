namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Random numbers that are a function of (seed, step, stream, index) and of nothing else, so a resumed run needs no generator state.
/// A SplitMix64 finaliser over the mixed counters.
/// </summary>
public readonly struct CounterRandom(int seed, int step, int stream)
{
    private readonly ulong _key = Mix(Mix(Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15UL) + (uint)step) + ((ulong)(uint)stream << 32));

    /// <summary>The index-th number, uniform over 64 bits.</summary>
    public ulong Bits(ulong index) => Mix(_key + (index * 0x9E3779B97F4A7C15UL));

    /// <summary>The index-th number, uniform over [0, bound).</summary>
    public int Below(int bound, ulong index) => (int)(((Bits(index) >> 32) * (ulong)bound) >> 32);

    /// <summary>The index-th number, uniform over (0, 1).</summary>
    public double Unit(ulong index) => ((Bits(index) >> 11) + 0.5) / (1UL << 53);

    /// <summary>The index-th number, standard normal (Box-Muller).</summary>
    public double Normal(ulong index) =>
        Math.Sqrt(-2 * Math.Log(Unit(2 * index))) * Math.Cos(2 * Math.PI * Unit((2 * index) + 1));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
