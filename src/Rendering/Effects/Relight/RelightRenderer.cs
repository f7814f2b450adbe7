using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Relight;

internal sealed class RelightRenderer(ISceneClip clip, RelightSettings settings, WorldLight light) : IEffectRenderer
{
    private const int SmoothRadius = 4;
    private const double SmoothEpsilon = 4e-4;

    private readonly Vector4 _colour = LinearLight.OfColour(ColourText.Parse(settings.Colour)) * (float)settings.Intensity;

    public (int Width, int Height) Size => (clip.Intrinsics.Width, clip.Intrinsics.Height);

    public Raster<byte> Render(int frameIndex)
    {
        var rgb = clip.Rgb(frameIndex);
        var depth = SnappedDepth.Make(clip.Depth(frameIndex), rgb);
        // Filtered along the picture's edges: what is left of the noise of normals and shadows would flicker.
        var lit = Filters.GuidedFilter(Colour.ToFloat(rgb, 1 / 255f), Received(depth, light.In(clip.CamFromWorld(frameIndex))), SmoothRadius, SmoothEpsilon);
        var result = new Raster<byte>(rgb.Width, rgb.Height, 3);
        Parallel.For(0, rgb.Height, y =>
        {
            for (var i = y * rgb.Width; i < (y + 1) * rgb.Width; i++)
                LinearLight.Store(result, i, LinearLight.Pixel(rgb, i) * ((_colour * Math.Max(0, lit.Samples[i])) + new Vector4((float)settings.Ambient)));
        });
        return result;
    }

    public void Dispose()
    {
    }

    /// <summary>The share of the light that every pixel's surface receives.</summary>
    private Raster<float> Received(Raster<float> depth, WorldLight inCamera)
    {
        var normals = SurfaceNormals.Make(depth, clip.Intrinsics);
        var shadows = new ScreenShadow(depth, clip.Intrinsics);
        var received = new Raster<float>(depth.Width, depth.Height);
        Parallel.For(0, depth.Height, y =>
        {
            for (var x = 0; x < depth.Width; x++)
            {
                var point = clip.Intrinsics.Unproject(x, y, depth[x, y]);
                var normal = normals[(y * depth.Width) + x];
                var (towards, distance, strength) = inCamera.From(point);
                var facing = new Vec3(normal.X, normal.Y, normal.Z).Dot(towards);
                if (facing <= 0) continue;
                var shadow = settings.Shadow > 0 ? 1 - (settings.Shadow * (1 - shadows.Light(point, towards, distance))) : 1;
                received[x, y] = (float)(facing * strength * shadow);
            }
        });
        return received;
    }
}
