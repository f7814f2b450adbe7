using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.DollyZoom;
using Depth3D.Rendering.Effects.Stereo;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Bench.NovelViews;

/// <summary>The pictures of stereo and dolly zoom in docs/effects.md.</summary>
internal static class EffectPictures
{
    private const int Width = 400, Height = 224, Frames = 12;

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var clip = new TruthSceneClip(TruthScene.Courtyard(Frames), Width, Height);
        Save(clip, folder, "stereo", new StereoSettings { Layout = "anaglyph" }, 6);
        // The crate on the left.
        Save(clip, folder, "dolly-zoom", new DollyZoomSettings { X = 64, Y = 168, Travel = -0.8 }, 0, Frames - 1);
    }

    private static void Save(TruthSceneClip clip, string folder, string name, EffectSettings settings, params int[] frames)
    {
        var prepared = Path.Combine(folder, name + ".prepared");
        var effect = settings.Open();
        var has = effect.Prepare(clip, prepared, new Progress<double>(), CancellationToken.None);
        using (var renderer = effect.Renderer(clip, has ? prepared : null))
            foreach (var frame in frames)
                ImageFile.WriteJpeg(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}{(frames.Length > 1 ? $"-{frame}" : "")}.jpg")), renderer.Render(frame), 85);
        File.Delete(prepared);
    }
}
