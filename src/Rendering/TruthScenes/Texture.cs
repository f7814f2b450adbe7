namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// A procedural texture over surface coordinates in world units: a pattern, blended towards a second colour, and noise from metres down
/// to centimetres, so that features are found at every image size.
/// </summary>
internal sealed class Texture(TexturePattern pattern, Colour3 first, Colour3 second, double cell, uint seed, float contrast = 0.55f)
{
    /// <param name="footprint">Width of a pixel on the surface, world units.</param>
    public Colour3 At(double u, double v, double footprint)
    {
        var shaded = pattern switch
        {
            TexturePattern.Bricks => Bricks(u, v, footprint),
            TexturePattern.Slabs => Cells(u, v, cell, cell, 0, 0.02, footprint),
            TexturePattern.Planks => Cells(u, v + (3 * LatticeNoise.Cell((int)Math.Floor(u / cell), 5, seed)), cell, 2.3, 0, 0.012, footprint),
            TexturePattern.Blocks => Blocks(u, v, footprint),
            _ => Colour3.Mix(first, second, 0.5f + (0.5f * LatticeNoise.Octaves(u, v, cell, footprint, seed + 9))),
        };
        var noise = pattern == TexturePattern.Planks
            ? LatticeNoise.Octaves(u * 3, v * 0.5, 0.8, footprint * 2, seed)
            : LatticeNoise.Octaves(u, v, 0.9, footprint, seed);
        return shaded * Math.Max(0.15f, 1 + (contrast * noise));
    }

    private Colour3 Bricks(double u, double v, double footprint)
    {
        double height = cell * 0.4;
        var row = (int)Math.Floor(v / height);
        return Cells(u + ((row & 1) * cell * 0.5), v, cell, height, row, 0.018, footprint);
    }

    private Colour3 Cells(double u, double v, double width, double height, int shift, double joint, double footprint)
    {
        double cu = u / width, cv = v / height;
        int x = (int)Math.Floor(cu), y = (int)Math.Floor(cv);
        double du = Math.Min(cu - x, x + 1 - cu) * width, dv = Math.Min(cv - y, y + 1 - cv) * height;
        var shade = LatticeNoise.Cell(x, y + (shift * 131), seed);
        var colour = Colour3.Mix(first, second, shade) * (0.75f + (0.5f * LatticeNoise.Cell(x, y, seed + 1)));
        var line = (float)Math.Clamp((((joint * 0.5) - Math.Min(du, dv)) / footprint) + 0.5, 0, 1) * (float)Math.Min(1, joint / footprint);
        return Colour3.Mix(colour, colour * 0.45f, line);
    }

    private Colour3 Blocks(double u, double v, double footprint)
    {
        var colour = first;
        var size = cell;
        for (uint level = 0; level < 3; level++, size *= 0.37)
        {
            if (size < 2 * footprint) break;
            int x = (int)Math.Floor(u / size), y = (int)Math.Floor(v / size);
            var pick = LatticeNoise.Cell(x, y, seed + level);
            if (pick < 0.5f) colour = Colour3.Mix(colour, second * (0.55f + (0.9f * LatticeNoise.Cell(x, y, seed + 40 + level))), 0.85f);
            else if (pick > 0.75f) colour = first * (0.6f + (0.5f * LatticeNoise.Cell(x, y, seed + 50 + level)));
        }

        return colour;
    }
}
