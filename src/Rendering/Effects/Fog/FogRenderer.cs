using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Fog;

internal sealed class FogRenderer : IEffectRenderer
{
    /// <summary>exp(-3.912) is 2 %.</summary>
    private const double Koschmieder = 3.912;

    private const double FarFactor = 2.5;
    private const int EdgeRadius = 2;
    private const double EdgeEpsilon = 2e-4;

    private readonly ISceneClip _clip;
    private readonly Vector4 _colour;
    private readonly double _start, _extinction;

    public FogRenderer(ISceneClip clip, FogSettings settings)
    {
        _clip = clip;
        _colour = LinearLight.OfColour(ColourText.Parse(settings.Colour));
        var visibility = settings.Visibility ?? FarFactor * clip.DepthRange.Far;
        _start = Math.Min(settings.Start ?? clip.DepthRange.Near, 0.99 * visibility);
        _extinction = Koschmieder / (visibility - _start);
    }

    public (int Width, int Height) Size => (_clip.Intrinsics.Width, _clip.Intrinsics.Height);

    public Raster<byte> Render(int frameIndex)
    {
        var rgb = _clip.Rgb(frameIndex);
        // Filtered along the picture's edges: silhouettes get its softness, flat surfaces lose the noise of their depth.
        var clear = Filters.GuidedFilter(Colour.ToFloat(rgb, 1 / 255f), Transmission(SnappedDepth.Make(_clip.Depth(frameIndex), rgb)), EdgeRadius, EdgeEpsilon);
        var result = new Raster<byte>(rgb.Width, rgb.Height, 3);
        Parallel.For(0, rgb.Height, y =>
        {
            for (var i = y * rgb.Width; i < (y + 1) * rgb.Width; i++)
                LinearLight.Store(result, i, Vector4.Lerp(_colour, LinearLight.Pixel(rgb, i), Math.Clamp(clear.Samples[i], 0, 1)));
        });
        return result;
    }

    public void Dispose()
    {
    }

    /// <summary>Share of light that arrives, along the ray rather than by depth z: fog has no corners.</summary>
    private Raster<float> Transmission(Raster<float> depth)
    {
        var clear = new Raster<float>(depth.Width, depth.Height);
        Parallel.For(0, depth.Height, y =>
        {
            for (var x = 0; x < depth.Width; x++)
            {
                var distance = _clip.Intrinsics.Unproject(x, y, depth[x, y]).Length;
                clear[x, y] = (float)Math.Exp(-_extinction * Math.Max(0, distance - _start));
            }
        });
        return clear;
    }
}
