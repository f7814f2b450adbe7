using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Paths;

namespace Depth3D.Rendering.Effects.PointClouds;

/// <summary>Shows a clip along a camera path.</summary>
internal sealed class PointCloudEffect : IEffect
{
    private readonly PointCloudSettings _settings;
    private readonly Backdrop _backdrop;
    private readonly PanelLayout _layout;

    public PointCloudEffect(PointCloudSettings settings, Backdrop backdrop, PanelLayout layout)
    {
        (_settings, _backdrop, _layout) = (settings, backdrop, layout);
        // Bad settings and files are refused before any clip is opened.
        if (settings.PathFile is not null) ViewPathFile.Open(settings.PathFile, 2, 640, 360, 1);
        else CameraPath.Parse(settings.Path, settings.Amplitude, 1);
    }

    public bool Prepare(ISceneClip clip, string file, IProgress<double> progress, CancellationToken cancellation)
    {
        PathCheck.SeesTheClip(clip, PathOf(clip), View(clip), cancellation);
        if (!_settings.Accumulate) return false;
        PreparedViews.Write(clip, file, [], progress, cancellation);
        return true;
    }

    public IEffectRenderer Renderer(ISceneClip clip, string? preparedFile) =>
        new PointCloudRenderer(clip, preparedFile, _settings, PathOf(clip), View(clip), _backdrop, _layout);

    private (int Width, int Height) View(ISceneClip clip) => PictureSize.Of(clip, _settings.Width, _settings.Height);

    private IViewPath PathOf(ISceneClip clip)
    {
        var median = clip.DepthRange.Median;
        var (width, height) = View(clip);
        if (_settings.PathFile is { } file) return ViewPathFile.Open(file, clip.FrameCount, width, height, median);
        var offset = new Vec3(_settings.Right, _settings.Down, _settings.Forward) * median;
        return new SourcePath(CameraPath.Parse(_settings.Path, _settings.Amplitude, median), clip.FrameCount, offset);
    }
}
