namespace Depth3D.Rendering.TruthScenes;

/// <summary>A display-referred colour, 0 to 1.</summary>
internal readonly record struct Colour3(float R, float G, float B)
{
    public static Colour3 operator *(Colour3 c, float s) => new(c.R * s, c.G * s, c.B * s);

    public static Colour3 operator +(Colour3 a, Colour3 b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Colour3 Mix(Colour3 a, Colour3 b, float share) => (a * (1 - share)) + (b * share);
}
