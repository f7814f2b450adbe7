using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Focus;

/// <summary>Prepares the focused depth of every frame, which is all that frames share.</summary>
internal sealed class FocusEffect(FocusSettings settings) : IEffect
{
    public bool Prepare(ISceneClip clip, string file, IProgress<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var depths = FocusCurve.Make(clip, settings, progress, cancellation);
        var lens = ThinLens.Make(settings, clip.Intrinsics, clip.DepthRange.Median);
        foreach (var depth in depths) lens.Gain(depth);
        File.WriteAllText(file, JsonSerializer.Serialize(depths));
        return true;
    }

    public IEffectRenderer Renderer(ISceneClip clip, string? preparedFile)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(preparedFile);
        return new FocusRenderer(clip, settings, Read(preparedFile, clip.FrameCount));
    }

    private static double[] Read(string file, int frameCount)
    {
        try
        {
            var depths = JsonSerializer.Deserialize<double[]>(File.ReadAllText(file));
            if (depths is not null && depths.Length == frameCount && depths.All(d => d > 0 && double.IsFinite(d))) return depths;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw Damaged(file, e);
        }

        throw Damaged(file, null);
    }

    private static Depth3DException Damaged(string file, Exception? inner) =>
        new("no focused depth for every frame", file, "render the effect again", inner: inner);
}
