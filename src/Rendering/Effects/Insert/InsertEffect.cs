using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Insert;

/// <summary>Prepares the place, which one frame decides for all.</summary>
internal sealed class InsertEffect(InsertSettings settings, InsertObject inserted) : IEffect
{
    public bool Prepare(ISceneClip clip, string file, IProgress<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        File.WriteAllText(file, JsonSerializer.Serialize(InsertPlace.Make(clip, settings, inserted.Mesh)));
        return true;
    }

    public IEffectRenderer Renderer(ISceneClip clip, string? preparedFile)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(preparedFile);
        try
        {
            var place = JsonSerializer.Deserialize<InsertPlace>(File.ReadAllText(preparedFile)) ?? throw new JsonException("null");
            return new InsertRenderer(clip, settings, inserted, place);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new Depth3DException("no place for the object", preparedFile, "render the effect again", inner: e);
        }
    }
}
