using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>Pictures of how far a chunk got: first, middle and last frame, each as picture, prior and optimised disparity.</summary>
internal static class TrainPreviews
{
    private const double Margin = 0.02;

    public static void Write(StageContext context, TrainClip clip, IReadOnlyList<FrameCorrection> corrections, int chunk)
    {
        int[] frames = [.. new[] { 0, corrections.Count / 2, corrections.Count - 1 }.Distinct()];
        var (near, far) = Range(clip.Clip, frames);
        foreach (var f in frames)
        {
            var rgb = ImageFile.ReadRgb(context.Inputs.PathOf(Stages.Frames, Artifacts.Frame(f)));
            var picture = Resize.Area(rgb, clip.Clip.Width, clip.Clip.Height);
            var prior = ColourMap.Turbo.Apply(Disparity(clip.Clip, f, null), far, near);
            var refined = ColourMap.Turbo.Apply(Disparity(clip.Clip, f, corrections[f]), far, near);
            ImageFile.WritePng(context.Output(Artifacts.TrainPreview(chunk, f)), SideBySide(picture, prior, refined));
        }
    }

    private static Raster<float> Disparity(TrainingClip clip, int frame, FrameCorrection? correction)
    {
        var map = new Raster<float>(clip.Width, clip.Height);
        for (var i = 0; i < map.Samples.Length; i++)
        {
            var log = clip.LogPriorDepth[frame][i]
                + (correction?.At(i % clip.Width, i / clip.Width, clip.Moving[frame][i] ? 1 : 0) ?? 0);
            map.Samples[i] = (float)Math.Exp(-log);
        }

        return map;
    }

    /// <summary>Disparity range of the prior in these frames, the same for every chunk.</summary>
    private static (float Near, float Far) Range(TrainingClip clip, int[] frames)
    {
        var logs = frames.SelectMany(f => clip.LogPriorDepth[f]).Order().ToArray();
        float At(double share) => (float)Math.Exp(-logs[(int)(share * (logs.Length - 1))]);
        return (At(Margin), At(1 - Margin));
    }

    private static Raster<byte> SideBySide(params Raster<byte>[] images)
    {
        var joined = new Raster<byte>(images.Sum(i => i.Width), images[0].Height, 3);
        for (var y = 0; y < joined.Height; y++)
        {
            var x = 0;
            foreach (var image in images)
            {
                image.Row(y).CopyTo(joined.Row(y)[(3 * x)..]);
                x += image.Width;
            }
        }

        return joined;
    }
}
