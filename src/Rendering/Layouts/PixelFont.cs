using Depth3D.Imaging;

namespace Depth3D.Rendering.Layouts;

/// <summary>Draws short titles in capitals with a 5 x 7 dot font. Letters it lacks are left blank.</summary>
public static class PixelFont
{
    public const int GlyphHeight = 7;
    private const int GlyphWidth = 5;
    private const int Advance = GlyphWidth + 1;

    /// <summary>Seven rows per letter, five bits each, the leftmost dot highest.</summary>
    private static readonly Dictionary<char, byte[]> Glyphs = new()
    {
        ['A'] = [14, 17, 17, 31, 17, 17, 17],
        ['B'] = [30, 17, 17, 30, 17, 17, 30],
        ['C'] = [14, 17, 16, 16, 16, 17, 14],
        ['D'] = [30, 17, 17, 17, 17, 17, 30],
        ['E'] = [31, 16, 16, 30, 16, 16, 31],
        ['F'] = [31, 16, 16, 30, 16, 16, 16],
        ['G'] = [14, 17, 16, 23, 17, 17, 15],
        ['H'] = [17, 17, 17, 31, 17, 17, 17],
        ['I'] = [14, 4, 4, 4, 4, 4, 14],
        ['J'] = [7, 2, 2, 2, 2, 18, 12],
        ['K'] = [17, 18, 20, 24, 20, 18, 17],
        ['L'] = [16, 16, 16, 16, 16, 16, 31],
        ['M'] = [17, 27, 21, 21, 17, 17, 17],
        ['N'] = [17, 25, 21, 19, 17, 17, 17],
        ['O'] = [14, 17, 17, 17, 17, 17, 14],
        ['P'] = [30, 17, 17, 30, 16, 16, 16],
        ['Q'] = [14, 17, 17, 17, 21, 18, 13],
        ['R'] = [30, 17, 17, 30, 20, 18, 17],
        ['S'] = [15, 16, 16, 14, 1, 1, 30],
        ['T'] = [31, 4, 4, 4, 4, 4, 4],
        ['U'] = [17, 17, 17, 17, 17, 17, 14],
        ['V'] = [17, 17, 17, 17, 17, 10, 4],
        ['W'] = [17, 17, 17, 21, 21, 27, 17],
        ['X'] = [17, 17, 10, 4, 10, 17, 17],
        ['Y'] = [17, 17, 10, 4, 4, 4, 4],
        ['Z'] = [31, 1, 2, 4, 8, 16, 31],
        ['-'] = [0, 0, 0, 14, 0, 0, 0],
    };

    public static int Width(string text, int scale) => ((text.Length * Advance) - 1) * scale;

    /// <summary>Draws in one grey level with the top left dot at (x, y); what lies outside the picture is left out.</summary>
    public static void Draw(Raster<byte> rgb, string text, int x, int y, int scale, byte level)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Glyphs.TryGetValue(char.ToUpperInvariant(text[i]), out var rows)) continue;
            for (var row = 0; row < GlyphHeight; row++)
                for (var column = 0; column < GlyphWidth; column++)
                    if ((rows[row] >> (GlyphWidth - 1 - column) & 1) != 0)
                        Square(rgb, x + (((i * Advance) + column) * scale), y + (row * scale), scale, level);
        }
    }

    private static void Square(Raster<byte> rgb, int left, int top, int size, byte level)
    {
        for (var y = Math.Max(top, 0); y < Math.Min(top + size, rgb.Height); y++)
            for (var x = Math.Max(left, 0); x < Math.Min(left + size, rgb.Width); x++)
                rgb.Samples.AsSpan(((y * rgb.Width) + x) * 3, 3).Fill(level);
    }
}
