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

    /// <summary>The points whose flag is set, in order.</summary>
    public PointCloud Where(bool[] keep)
    {
        if (keep.Length != Count) throw new ArgumentException($"{keep.Length} flags for {Count} points", nameof(keep));
        var indices = new List<int>(Count);
        for (var i = 0; i < keep.Length; i++)
            if (keep[i]) indices.Add(i);
        return new PointCloud(Pick(X, indices), Pick(Y, indices), Pick(Z, indices), Pick(Diameters, indices), Pick(Colours, indices))
        {
            Grid = Grid is null ? null : Grid with { Pixels = Pick(Grid.Pixels, indices) },
        };
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

    private static T[] Pick<T>(T[] values, List<int> indices)
    {
        var picked = new T[indices.Count];
        for (var i = 0; i < picked.Length; i++) picked[i] = values[indices[i]];
        return picked;
    }
}
