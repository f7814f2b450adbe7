using Depth3D.Imaging;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Focus;

internal sealed class FocusRenderer : IEffectRenderer
{
    private readonly ISceneClip _clip;
    private readonly FocusSettings _settings;
    private readonly double[] _focus;
    private readonly ThinLens _lens;

    public FocusRenderer(ISceneClip clip, FocusSettings settings, double[] focusDepths)
    {
        (_clip, _settings, _focus) = (clip, settings, focusDepths);
        _lens = ThinLens.Make(settings, clip.Intrinsics, clip.DepthRange.Median);
    }

    public (int Width, int Height) Size => (_clip.Intrinsics.Width, _clip.Intrinsics.Height);

    public Raster<byte> Render(int frameIndex)
    {
        var rgb = _clip.Rgb(frameIndex);
        var radius = SnappedDepth.Make(_clip.Depth(frameIndex), rgb);
        var gain = _lens.Gain(_focus[frameIndex]);
        var most = _settings.MaxBlur * rgb.Width;
        for (var i = 0; i < radius.Samples.Length; i++)
            radius.Samples[i] = (float)Math.Clamp(gain * ((1 / _focus[frameIndex]) - (1 / radius.Samples[i])), -most, most);
        var result = new Raster<byte>(rgb.Width, rgb.Height, 3);
        LayeredBlur.Render(BlurScene.Make(rgb, radius), rgb, most, _settings.Shape, result);
        return result;
    }

    public void Dispose()
    {
    }
}
