using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Background;
using Depth3D.Rendering.Effects.Focus;
using Depth3D.Rendering.Effects.Fog;
using Depth3D.Rendering.Effects.Relight;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Bench.NovelViews;

/// <summary>
/// How much of an effect changes from frame to frame that should not: what the effect adds to the picture, made of a run, against what it adds with true
/// depth, masks and cameras.
/// </summary>
internal static class FlickerBench
{
    private static readonly (string Name, EffectSettings Settings)[] Effects =
    [
        ("fog", new FogSettings()),
        ("relight from afar", new RelightSettings()),
        ("background, moving", new BackgroundSettings { Moving = true, Colour = "#808080" }),
        ("focus on what moves", new FocusSettings { Keys = [new FocusKey(0, Moving: true)] }),
    ];

    /// <summary>Prints, in 255ths a pixel: what the effect adds, how much that changes from frame to frame in truth, and how much the run's change is off.</summary>
    /// <param name="pictures">Where the frames go, the run's beside the true ones; null for nowhere.</param>
    public static void Show(TruthSceneClip truth, ISceneClip clip, int first, int count, string? pictures)
    {
        Console.WriteLine("effect               | adds  | changes by | off, each frame | change off | static     | moving");
        foreach (var (name, settings) in Effects)
        {
            var region = Enumerable.Range(first, count).Select(f => truth.Moving(f).Samples).ToArray();
            float[][] exact = Additions(truth, settings, first, count, pictures, name + " true"), made = Additions(clip, settings, first, count, pictures, name + " run");
            double adds = 0, change = 0, off = 0, changeOff = 0, still = 0, moving = 0;
            long pixels = 0, stillPixels = 0, movingPixels = 0;
            for (var t = 1; t < count; t++)
                for (var i = 0; i < exact[t].Length; i++)
                {
                    adds += Math.Abs(exact[t][i]);
                    change += Math.Abs(exact[t][i] - exact[t - 1][i]);
                    off += Math.Abs(made[t][i] - exact[t][i]);
                    var d = Math.Abs(made[t][i] - made[t - 1][i] - (exact[t][i] - exact[t - 1][i]));
                    changeOff += d;
                    pixels++;
                    if ((region[t][i / 3] | region[t - 1][i / 3]) == 0) (still, stillPixels) = (still + d, stillPixels + 1);
                    else (moving, movingPixels) = (moving + d, movingPixels + 1);
                }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-20} | {adds / pixels,5:F2} | {change / pixels,10:F2} | {off / pixels,15:F2} | {changeOff / pixels,10:F2} | {still / stillPixels,10:F2} | {moving / movingPixels,6:F2}"));
        }
    }

    private static float[][] Additions(ISceneClip clip, EffectSettings settings, int first, int count, string? pictures, string name)
    {
        var effect = settings.Open();
        var prepared = Path.Combine(Path.GetTempPath(), $"depth3d-flicker-{Environment.ProcessId}");
        var has = effect.Prepare(clip, prepared, new Progress<double>(), CancellationToken.None);
        var additions = new float[count][];
        using (var renderer = effect.Renderer(clip, has ? prepared : null))
            for (var t = 0; t < count; t++)
            {
                var picture = renderer.Render(first + t);
                var source = clip.Rgb(first + t).Samples;
                additions[t] = [.. picture.Samples.Zip(source, (a, b) => (float)(a - b))];
                if (pictures is not null) Save(picture, pictures, string.Create(CultureInfo.InvariantCulture, $"{name.Replace(' ', '-').Replace(",", "")}-{first + t:D3}.png"));
            }

        File.Delete(prepared);
        return additions;
    }

    private static void Save(Raster<byte> picture, string folder, string file)
    {
        Directory.CreateDirectory(folder);
        ImageFile.WritePng(Path.Combine(folder, file), picture);
    }
}
