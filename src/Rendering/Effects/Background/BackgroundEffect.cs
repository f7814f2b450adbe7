using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Background;

/// <summary>Prepares the length of the plate, which for a film takes reading all of it.</summary>
internal sealed class BackgroundEffect(BackgroundSettings settings) : IEffect
{
    public bool Prepare(ISceneClip clip, string file, IProgress<double> progress, CancellationToken cancellation)
    {
        if (settings.Plate is null) return false;
        using var plate = Plate.Open(settings.Plate);
        File.WriteAllText(file, plate.CountFrames(cancellation).ToString(CultureInfo.InvariantCulture));
        return true;
    }

    public IEffectRenderer Renderer(ISceneClip clip, string? preparedFile)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (settings.Plate is null) return new BackgroundRenderer(clip, settings, null, 0);
        ArgumentNullException.ThrowIfNull(preparedFile);
        if (!int.TryParse(File.ReadAllText(preparedFile), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            throw new Depth3DException("no length of the plate", preparedFile, "render the effect again");
        return new BackgroundRenderer(clip, settings, Plate.Open(settings.Plate), count);
    }
}
