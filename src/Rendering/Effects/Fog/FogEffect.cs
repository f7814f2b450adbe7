namespace Depth3D.Rendering.Effects.Fog;

/// <summary>Every frame stands for itself: distances are those of the clip.</summary>
internal sealed class FogEffect(FogSettings settings) : IEffect
{
    public bool Prepare(ISceneClip clip, string file, IProgress<double> progress, CancellationToken cancellation) => false;

    public IEffectRenderer Renderer(ISceneClip clip, string? preparedFile)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new FogRenderer(clip, settings);
    }
}
