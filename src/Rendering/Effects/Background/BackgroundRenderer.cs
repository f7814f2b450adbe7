using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Background;

internal sealed class BackgroundRenderer(ISceneClip clip, BackgroundSettings settings, Plate? plate, int plateFrames) : IEffectRenderer
{
    private readonly Vector4? _colour = settings.Colour is null ? null : LinearLight.OfColour(ColourText.Parse(settings.Colour));

    public (int Width, int Height) Size => (clip.Intrinsics.Width, clip.Intrinsics.Height);

    public Raster<byte> Render(int frameIndex)
    {
        var rgb = clip.Rgb(frameIndex);
        var radius = SnappedDepth.Radius(rgb.Width);
        var matte = new KeepMatte(settings).Make(clip, frameIndex, rgb, radius);
        var behind = plate is null ? null : Plate.Fill(plate.Frame(frameIndex, plateFrames, clip.FramesPerSecond), rgb.Width, rgb.Height);
        var result = new Raster<byte>(rgb.Width, rgb.Height, behind is null && _colour is null ? 4 : 3);
        Parallel.For(0, rgb.Height, y =>
        {
            for (var x = 0; x < rgb.Width; x++)
            {
                var i = (y * rgb.Width) + x;
                var coverage = matte.Samples[i];
                var own = coverage > 0 ? SoftMatte.OwnColour(rgb, matte, x, y, radius) : Vector4.Zero;
                if (result.Channels == 4)
                {
                    LinearLight.Store(result, i, own);
                    result.Samples[(4 * i) + 3] = (byte)((coverage * 255) + 0.5f);
                    continue;
                }

                var back = _colour ?? LinearLight.Pixel(behind!, i);
                LinearLight.Store(result, i, coverage > 0 ? Vector4.Lerp(back, own, coverage) : back);
            }
        });
        return result;
    }

    public void Dispose() => plate?.Dispose();
}
