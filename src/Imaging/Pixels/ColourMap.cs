using Depth3D.Imaging.Interop;

namespace Depth3D.Imaging;

/// <summary>
/// Values as colours: 256 entries, linear between neighbours a = floor(255 t) and a + 1. Turbo runs from (48, 18, 59) to
/// (122, 4, 3) (spec section 6). Values outside the range take the end colours; NaN and infinity are black.
/// </summary>
public sealed unsafe class ColourMap
{
    private readonly byte[] _table;

    private ColourMap(string name, byte[] table) => (Name, _table) = (name, table);

    /// <summary>Blue through green to red; reads well and has no false edges.</summary>
    public static ColourMap Turbo { get; } = FromOpenCv("turbo", 20);

    /// <summary>Black through purple to yellow, with even steps in lightness.</summary>
    public static ColourMap Inferno { get; } = FromOpenCv("inferno", 14);

    public static ColourMap Grey { get; } = new("grey", Ramp());

    public string Name { get; }

    /// <exception cref="ArgumentException">No colour map has this name.</exception>
    public static ColourMap Named(string name) => name switch
    {
        "turbo" => Turbo,
        "inferno" => Inferno,
        "grey" or "gray" => Grey,
        _ => throw new ArgumentException($"no colour map '{name}'; there are turbo, inferno and grey", nameof(name)),
    };

    /// <summary>Colour of t in [0, 1].</summary>
    public (byte R, byte G, byte B) this[float t]
    {
        get
        {
            Span<byte> colour = stackalloc byte[3];
            Write(t, colour);
            return (colour[0], colour[1], colour[2]);
        }
    }

    /// <param name="values">One channel.</param>
    /// <returns>RGB.</returns>
    public Raster<byte> Apply(Raster<float> values, float min, float max)
    {
        CvCall.Channels(values, 1, "values to colour");
        var result = new Raster<byte>(values.Width, values.Height, 3);
        var scale = max > min ? 1 / (max - min) : 0;
        for (var i = 0; i < values.Samples.Length; i++)
            Write((values.Samples[i] - min) * scale, result.Samples.AsSpan(i * 3, 3));
        return result;
    }

    private void Write(float t, Span<byte> colour)
    {
        if (!float.IsFinite(t))
        {
            colour.Clear();
            return;
        }

        var at = Math.Clamp(t, 0, 1) * 255;
        var low = Math.Min((int)at, 254);
        var fraction = at - low;
        for (var c = 0; c < 3; c++)
        {
            float a = _table[(low * 3) + c], b = _table[(low * 3) + 3 + c];
            colour[c] = (byte)(a + (fraction * (b - a)) + 0.5f);
        }
    }

    private static ColourMap FromOpenCv(string name, int number)
    {
        var table = new byte[256 * 3];
        fixed (byte* result = table) CvCall.Check(Cv.d3cv_colour_map(number, result), "colour map");
        return new ColourMap(name, table);
    }

    private static byte[] Ramp()
    {
        var table = new byte[256 * 3];
        for (var i = 0; i < table.Length; i++) table[i] = (byte)(i / 3);
        return table;
    }
}
