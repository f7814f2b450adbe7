using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Effects.DollyZoom;

/// <summary>Renders frames of effect <c>dolly-zoom</c>.</summary>
internal sealed class DollyZoomRenderer : IEffectRenderer
{
    private readonly ISceneClip _clip;
    private readonly DollyZoomPath _path;
    private readonly ViewSynthesizer _synthesizer;

    public DollyZoomRenderer(ISceneClip clip, string preparedFile, DollyZoomSettings settings)
    {
        _clip = clip;
        Size = PictureSize.Of(clip, settings.Width, settings.Height);
        var arrays = Npz.Read(preparedFile);
        if (!arrays.TryGetValue(DollyZoomEffect.SubjectArray, out var depths) || depths.DType != DType.Float64 || depths.Count != clip.FrameCount)
            throw new Depth3DException("no track of the subject for this clip", preparedFile, "render the effect again", FailureKind.Storage);
        _path = new DollyZoomPath(settings, depths.As<double>().ToArray());
        _synthesizer = new ViewSynthesizer(clip, settings.Accumulate ? StaticBackground.From(arrays, preparedFile) : null,
            new ViewOptions { Splats = PreparedViews.Splats(clip, Size.Width, 1.5, 2), Fill = true });
    }

    public (int Width, int Height) Size { get; }

    public Raster<byte> Render(int frameIndex)
    {
        var camera = _path.At(frameIndex, new(_clip.Intrinsics.ScaledTo(Size.Width, Size.Height), _clip.CamFromWorld(frameIndex)));
        return new Backdrop(0).Behind(_synthesizer.Render(frameIndex, camera.Intrinsics, camera.CamFromWorld));
    }

    public void Dispose()
    {
    }
}
