namespace Depth3D.Rendering.TruthScenes;

/// <summary>Repeatable value noise on a 256 x 256 lattice, and hashes of lattice cells; both in [0, 1).</summary>
internal static class LatticeNoise
{
    private const int Size = 256;
    private const int Mask = Size - 1;

    private static readonly float[] Table = MakeTable();

    /// <summary>Uniform value of a cell, the same on every machine.</summary>
    public static float Cell(int x, int y, uint seed)
    {
        var h = ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ (seed * 0xC2B2AE3Du);
        h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
        h = (h ^ (h >> 12)) * 0x297A2D39u;
        return ((h ^ (h >> 15)) >> 8) * (1f / (1 << 24));
    }

    /// <summary>Smoothly interpolated lattice values; one lattice step per unit.</summary>
    public static float Smooth(double u, double v)
    {
        double fu = Math.Floor(u), fv = Math.Floor(v);
        int x = (int)fu, y = (int)fv;
        float a = Fade((float)(u - fu)), b = Fade((float)(v - fv));
        int row0 = (y & Mask) * Size, row1 = ((y + 1) & Mask) * Size, x0 = x & Mask, x1 = (x + 1) & Mask;
        var top = Table[row0 + x0] + (a * (Table[row0 + x1] - Table[row0 + x0]));
        var bottom = Table[row1 + x0] + (a * (Table[row1 + x1] - Table[row1 + x0]));
        return top + (b * (bottom - top));
    }

    /// <summary>
    /// Octaves of noise around zero, about -1 to 1. Wavelengths in world units halve from <paramref name="longest"/>; those that the
    /// pixel's <paramref name="footprint"/> (world units) cannot resolve fade out, which is what keeps texture from flickering.
    /// </summary>
    public static float Octaves(double u, double v, double longest, double footprint, uint seed)
    {
        float sum = 0, amplitude = 0.5f;
        double offset = seed * 7.31;
        for (var wavelength = longest; wavelength > 0.012; wavelength *= 0.5)
        {
            var visible = Math.Clamp((wavelength / (2 * footprint)) - 0.3, 0, 1);
            if (visible <= 0) break;
            sum += (float)visible * amplitude * ((2 * Smooth((u / wavelength) + offset, (v / wavelength) - offset)) - 1);
            amplitude *= 0.86f;
            offset += 31.7;
        }

        return sum;
    }

    private static float Fade(float t) => t * t * (3 - (2 * t));

    private static float[] MakeTable()
    {
        var table = new float[Size * Size];
        for (var i = 0; i < table.Length; i++) table[i] = Cell(i & Mask, i / Size, 0x51ED27u);
        return table;
    }
}
