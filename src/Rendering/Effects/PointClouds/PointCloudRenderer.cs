using Depth3D.Imaging;
using Depth3D.Rendering.Layouts;
using Depth3D.Rendering.Paths;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Effects.PointClouds;

/// <summary>Renders frames of effect <c>pointcloud</c>.</summary>
internal sealed class PointCloudRenderer : IEffectRenderer
{
    private readonly ISceneClip _clip;
    private readonly IViewPath _path;
    private readonly (int Width, int Height) _view;
    private readonly Backdrop _backdrop;
    private readonly PanelLayout _layout;
    private readonly Panels? _panels;
    private readonly ViewSynthesizer _synthesizer;

    public PointCloudRenderer(ISceneClip clip, string? background, PointCloudSettings settings, IViewPath path, (int Width, int Height) view,
        Backdrop backdrop, PanelLayout layout)
    {
        (_clip, _path, _view, _backdrop, _layout) = (clip, path, view, backdrop, layout);
        _panels = layout.IsViewAlone ? null : layout.Canvas(view.Width, view.Height);
        _synthesizer = new ViewSynthesizer(clip, background is null ? null : StaticBackground.Read(background), new ViewOptions
        {
            Surface = settings.Look == "surface",
            Keep = settings.Keep(),
            Splats = PreparedViews.Splats(clip, view.Width, settings.PointSize, settings.Supersampling),
            Fill = settings.Paint,
        });
    }

    public (int Width, int Height) Size => _panels is null ? _view : (_panels.Width, _panels.Height);

    public Raster<byte> Render(int frameIndex)
    {
        var camera = _path.At(frameIndex, new(_clip.Intrinsics.ScaledTo(_view.Width, _view.Height), _clip.CamFromWorld(frameIndex)));
        var view = _backdrop.Behind(_synthesizer.Render(frameIndex, camera.Intrinsics, camera.CamFromWorld));
        return _panels is null ? view : _panels.Compose([.. _layout.Names.Select(n => _layout.Panel(n, _clip, frameIndex, view))]).Clone();
    }

    public void Dispose()
    {
    }
}
