namespace Depth3D.Rendering.Meshes;

/// <summary>Colours of mesh files, sRGB from 0 to 1, as light.</summary>
internal static class ColourLight
{
    public static float FromUnit(float srgb)
    {
        var v = Math.Clamp(srgb, 0, 1);
        return v <= 0.04045f ? v / 12.92f : MathF.Pow((v + 0.055f) / 1.055f, 2.4f);
    }
}
