using Depth3D.Messages;

namespace Depth3D.Rendering.Effects;

/// <summary>
/// Makes a picture from every frame of a clip with known depth and cameras. The same settings and clip give the same bytes on the same machine,
/// whichever frames are asked for, in any order, in any process.
/// </summary>
public interface IEffect
{
    /// <summary>
    /// What every frame needs and only the whole clip shows: a track, a focus curve, the background seen over time. Done once per clip; its file
    /// is given to every <see cref="Renderer"/>.
    /// </summary>
    /// <param name="file">Where to write it.</param>
    /// <returns>Whether a file was written; an effect that needs none does nothing.</returns>
    /// <exception cref="Depth3DException">The clip does not allow this effect; says why and what would.</exception>
    bool Prepare(ISceneClip clip, string file, IProgress<double> progress, CancellationToken cancellation);

    /// <param name="preparedFile">What <see cref="Prepare"/> wrote; null where it wrote nothing.</param>
    IEffectRenderer Renderer(ISceneClip clip, string? preparedFile);
}
