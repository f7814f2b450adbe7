namespace Depth3D.Rendering.Splatting;

/// <summary>Coloured points in the world, one array per coordinate, with the size at which each closes its part of the surface.</summary>
public sealed class PointCloud
{
    /// <param name="diameters">Side of a square with the area that the source pixel covers on the surface, world units.</param>
    /// <param name="colours">0x00RRGGBB.</param>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    public PointCloud(float[] x, float[] y, float[] z, float[] diameters, uint[] colours)
    {
        if (y.Length != x.Length || z.Length != x.Length || diameters.Length != x.Length || colours.Length != x.Length)
            throw new ArgumentException("a point cloud's arrays have one length");
        (X, Y, Z, Diameters, Colours) = (x, y, z, diameters, colours);
    }

    public int Count => X.Length;

    public float[] X { get; }
    public float[] Y { get; }
    public float[] Z { get; }
    public float[] Diameters { get; }
    public uint[] Colours { get; }

    /// <summary>The pixels the points come from; null for points of no single frame.</summary>
    internal PixelGrid? Grid { get; init; }

    /// <summary>Points to be set, of one frame where <paramref name="grid"/> says so.</summary>
    internal static PointCloud OfSize(int count, PixelGrid? grid) => new(GC.AllocateUninitializedArray<float>(count),
        GC.AllocateUninitializedArray<float>(count), GC.AllocateUninitializedArray<float>(count), GC.AllocateUninitializedArray<float>(count),
        GC.AllocateUninitializedArray<uint>(count))
    { Grid = grid };

    /// <summary>The points whose flag is set, in order.</summary>
    public PointCloud Where(bool[] keep)
    {
        if (keep.Length != Count) throw new ArgumentException($"{keep.Length} flags for {Count} points", nameof(keep));
        var runs = Runs(keep);
        var count = runs.Sum(r => r.Length);
        if (count == Count) return this;
        var kept = OfSize(count, Grid?.Where(keep, Pick(Grid.Pixels, runs, count)));
        Parallel.Invoke(() => Pick(X, runs, kept.X), () => Pick(Y, runs, kept.Y), () => Pick(Z, runs, kept.Z),
            () => Pick(Diameters, runs, kept.Diameters), () => Pick(Colours, runs, kept.Colours));
        return kept;
    }

    /// <summary>x, y, z per point.</summary>
    public float[] Interleaved()
    {
        var xyz = new float[3 * Count];
        for (var i = 0; i < Count; i++) (xyz[3 * i], xyz[(3 * i) + 1], xyz[(3 * i) + 2]) = (X[i], Y[i], Z[i]);
        return xyz;
    }

    /// <summary>R, G, B per point.</summary>
    public byte[] Rgb()
    {
        var rgb = new byte[3 * Count];
        for (var i = 0; i < Count; i++)
            (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = ((byte)(Colours[i] >> 16), (byte)(Colours[i] >> 8), (byte)Colours[i]);
        return rgb;
    }

    /// <summary>Where flags are set one after the other.</summary>
    private static List<(int First, int Length)> Runs(ReadOnlySpan<bool> keep)
    {
        var runs = new List<(int, int)>();
        for (var first = keep.IndexOf(true); first >= 0 && first < keep.Length;)
        {
            var length = keep[first..].IndexOf(false);
            if (length < 0) length = keep.Length - first;
            runs.Add((first, length));
            var next = keep[(first + length)..].IndexOf(true);
            first = next < 0 ? -1 : first + length + next;
        }

        return runs;
    }

    private static T[] Pick<T>(T[] values, List<(int First, int Length)> runs, int count)
    {
        var picked = GC.AllocateUninitializedArray<T>(count);
        Pick(values, runs, picked);
        return picked;
    }

    private static void Pick<T>(T[] values, List<(int First, int Length)> runs, T[] picked)
    {
        var at = 0;
        foreach (var (first, length) in runs)
        {
            values.AsSpan(first, length).CopyTo(picked.AsSpan(at));
            at += length;
        }
    }
}
