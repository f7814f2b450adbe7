using Depth3D.Imaging;
using Depth3D.Rendering.Paths;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Effects.Stereo;

/// <summary>Renders frames of effect <c>stereo</c>.</summary>
internal sealed class StereoRenderer : IEffectRenderer
{
    private readonly ISceneClip _clip;
    private readonly string _layout;
    private readonly (int Width, int Height) _eye;
    private readonly StereoRig _rig;
    private readonly ViewSynthesizer _synthesizer;

    public StereoRenderer(ISceneClip clip, string? background, StereoSettings settings)
    {
        (_clip, _layout) = (clip, settings.Layout);
        _eye = PictureSize.Of(clip, settings.Width, settings.Height);
        _rig = StereoRig.Of(settings, clip);
        _synthesizer = new ViewSynthesizer(clip, background is null ? null : StaticBackground.Read(background),
            new ViewOptions { Splats = PreparedViews.Splats(clip, _eye.Width, 1.5, 2), Fill = true });
    }

    public (int Width, int Height) Size => StereoLayout.Size(_layout, _eye.Width, _eye.Height);

    public Raster<byte> Render(int frameIndex)
    {
        var source = new ViewCamera(_clip.Intrinsics.ScaledTo(_eye.Width, _eye.Height), _clip.CamFromWorld(frameIndex));
        var left = _layout == "right" ? null : Eye(-1);
        var right = _layout == "left" ? null : Eye(1);
        return StereoLayout.Compose(_layout, left ?? right!, right ?? left!);

        Raster<byte> Eye(int side)
        {
            var camera = _rig.Eye(side, source);
            return new Backdrop(0).Behind(_synthesizer.Render(frameIndex, camera.Intrinsics, camera.CamFromWorld));
        }
    }

    public void Dispose()
    {
    }
}
