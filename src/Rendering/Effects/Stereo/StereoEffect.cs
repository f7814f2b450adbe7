using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Stereo;

/// <summary>Shows a clip for two eyes.</summary>
internal sealed class StereoEffect(StereoSettings settings) : IEffect
{
    /// <summary>Eyes farther apart than this share of the nearest depth see two different scenes.</summary>
    private const double MostOfNear = 1;

    public bool Prepare(ISceneClip clip, string file, IProgress<double> progress, CancellationToken cancellation)
    {
        var rig = StereoRig.Of(settings, clip);
        if (rig.Baseline > MostOfNear * clip.DepthRange.Near)
        {
            throw new Depth3DException(FormattableString.Invariant(
                $"the eyes stand {rig.Baseline:g3} apart, but the nearest things are only {clip.DepthRange.Near:g3} away"),
                "effect settings", FormattableString.Invariant($"give a baseline of at most {clip.DepthRange.Near / clip.DepthRange.Median:g2} median depths"), FailureKind.Usage);
        }

        if (!settings.Accumulate) return false;
        PreparedViews.Write(clip, file, [], progress, cancellation);
        return true;
    }

    public IEffectRenderer Renderer(ISceneClip clip, string? preparedFile) => new StereoRenderer(clip, preparedFile, settings);
}
