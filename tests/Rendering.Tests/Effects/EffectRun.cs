using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects;

namespace Depth3D.Rendering.Tests.Effects;

/// <summary>Runs an effect as the stages do: settings through JSON, prepared once, frames in any order.</summary>
internal static class EffectRun
{
    public static Raster<byte>[] Render(EffectSettings settings, ISceneClip clip, params ReadOnlySpan<int> frames)
    {
        using var folder = new TemporaryFolder();
        var stored = JsonSerializer.Deserialize<EffectSettings>(JsonSerializer.Serialize(settings))!;
        Assert.Equal(settings.GetType(), stored.GetType());
        var prepared = stored.Open().Prepare(clip, folder["prepared"], new Progress<double>(), CancellationToken.None) ? folder["prepared"] : null;
        using var renderer = stored.Open().Renderer(clip, prepared);
        Assert.Equal((clip.Intrinsics.Width, clip.Intrinsics.Height), renderer.Size);
        var pictures = new Raster<byte>[frames.Length];
        for (var i = 0; i < frames.Length; i++) pictures[i] = renderer.Render(frames[i]);
        return pictures;
    }

    public static Raster<byte> Render(EffectSettings settings, ISceneClip clip) => Render(settings, clip, 0)[0];
}
