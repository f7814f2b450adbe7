using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.DollyZoom;

/// <summary>Moves camera and lens together.</summary>
internal sealed class DollyZoomEffect(DollyZoomSettings settings) : IEffect
{
    /// <summary>Array of the subject's depth in every frame's own camera, world units, beside the background's arrays.</summary>
    public const string SubjectArray = "subject_depth";

    public bool Prepare(ISceneClip clip, string file, IProgress<double> progress, CancellationToken cancellation)
    {
        if (settings.Frame >= clip.FrameCount)
            throw new Depth3DException($"frame {settings.Frame} does not exist, there are {clip.FrameCount}", clip.Name, "give a --frame of the clip", FailureKind.Usage);
        var depths = Subject.Depths(clip, settings, cancellation);
        var subject = (SubjectArray, NpyArray.From(depths, depths.Length));
        if (settings.Accumulate) PreparedViews.Write(clip, file, [subject], progress, cancellation);
        else Npz.Write(file, subject);
        return true;
    }

    public IEffectRenderer Renderer(ISceneClip clip, string? preparedFile) => new DollyZoomRenderer(clip, preparedFile
        ?? throw new Depth3DException("the subject's track is missing", clip.Name, "render the effect again", FailureKind.Storage), settings);
}
