using System.Numerics;
using Depth3D.Imaging;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>Edges of a selection as soft as the picture has them: a guided filter along colour edges, in a narrow band around the boundary.</summary>
internal static class SoftMatte
{
    /// <summary>Squared colour contrast, of 1, below which an edge is not one.</summary>
    private const double Epsilon = 2e-4;

    /// <summary>The filter's ramp is this much steeper afterwards, so that texture inside stays opaque.</summary>
    private const float Steepness = 1.8f;

    private const float Opaque = 0.95f;

    /// <param name="selected">255 inside, 0 outside.</param>
    /// <param name="radius">Half the width of the band, in pixels.</param>
    /// <returns>Coverage from 0 to 1; exactly the selection outside the band.</returns>
    public static Raster<float> Make(Raster<byte> selected, Raster<byte> rgb, int radius)
    {
        var hard = Colour.ToFloat(selected, 1 / 255f);
        if (radius < 1) return hard;
        var outer = Filters.Dilate(selected, radius);
        var inner = Filters.Erode(selected, radius);
        var soft = Filters.GuidedFilter(Colour.ToFloat(rgb, 1 / 255f), hard, radius, Epsilon);
        for (var i = 0; i < soft.Samples.Length; i++)
        {
            soft.Samples[i] = outer.Samples[i] == inner.Samples[i]
                ? hard.Samples[i]
                : Math.Clamp(((soft.Samples[i] - 0.5f) * Steepness) + 0.5f, 0, 1);
        }

        return soft;
    }

    /// <summary>
    /// Colour of what is selected, in light, without what shines through from behind at its edge: there, the mean of the opaque pixels nearby takes
    /// over as coverage falls.
    /// </summary>
    public static Vector4 OwnColour(Raster<byte> rgb, Raster<float> matte, int x, int y, int radius)
    {
        var index = (y * rgb.Width) + x;
        var own = LinearLight.Pixel(rgb, index);
        var coverage = matte.Samples[index];
        if (coverage is >= Opaque or <= 0) return own;
        var sum = Vector4.Zero;
        for (var v = Math.Max(0, y - radius); v <= Math.Min(rgb.Height - 1, y + radius); v++)
        {
            for (var u = Math.Max(0, x - radius); u <= Math.Min(rgb.Width - 1, x + radius); u++)
            {
                var i = (v * rgb.Width) + u;
                if (matte.Samples[i] < Opaque) continue;
                sum += LinearLight.Pixel(rgb, i) / (1 + ((u - x) * (u - x)) + ((v - y) * (v - y)));
            }
        }

        return sum.W > 0 ? Vector4.Lerp(sum / sum.W, own, coverage * coverage) : own;
    }
}
