using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Relight;

/// <summary>Prepares the light's place in the world, which one frame decides for all.</summary>
internal sealed class RelightEffect(RelightSettings settings) : IEffect
{
    public bool Prepare(ISceneClip clip, string file, IProgress<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        File.WriteAllText(file, JsonSerializer.Serialize(WorldLight.Make(clip, settings)));
        return true;
    }

    public IEffectRenderer Renderer(ISceneClip clip, string? preparedFile)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(preparedFile);
        try
        {
            var light = JsonSerializer.Deserialize<WorldLight>(File.ReadAllText(preparedFile)) ?? throw new JsonException("null");
            return new RelightRenderer(clip, settings, light);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new Depth3DException("no place for the light", preparedFile, "render the effect again", inner: e);
        }
    }
}
