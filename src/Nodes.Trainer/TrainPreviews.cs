using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>
/// Pictures of how far a chunk got: first, middle and last frame, each as picture, disparity, depth disagreement and flow residual: above
/// as the prior has them, below as optimised.
/// </summary>
internal static class TrainPreviews
{
    public const int Columns = 4;

    /// <summary>Upper ends of the residuals' colour ranges: fixed, so that chunks and clips compare by eye.</summary>
    public const float MostLogDepth = 0.2f, MostFlowPixels = 3;

    private const double Margin = 0.02;

    public static int[] Frames(int count) => [.. new[] { 0, count / 2, count - 1 }.Distinct()];

    public static void Write(StageContext context, TrainClip clip, IReadOnlyList<FrameCorrection> corrections, int chunk)
    {
        var frames = Frames(corrections.Count);
        var (near, far) = Range(clip.Clip, frames);
        foreach (var f in frames)
        {
            var rgb = ImageFile.ReadRgb(context.Inputs.PathOf(Stages.Frames, Artifacts.Frame(f)));
            var picture = Resize.Area(rgb, clip.Clip.Width, clip.Clip.Height);
            Raster<byte>[] tiles =
            [
                picture, .. Tiles(clip.Clip, f, null, near, far),
                Tinted(picture, clip.Clip.Moving[f]), .. Tiles(clip.Clip, f, corrections, near, far),
            ];
            ImageFile.WritePng(context.Output(Artifacts.TrainPreview(chunk, f)), Mosaic(tiles));
        }
    }

    private static IEnumerable<Raster<byte>> Tiles(TrainingClip clip, int frame, IReadOnlyList<FrameCorrection>? corrections, float near, float far)
    {
        var residuals = ResidualMaps.Of(clip, frame, corrections);
        yield return ColourMap.Turbo.Apply(Disparity(clip, frame, corrections?[frame]), far, near);
        yield return ColourMap.Inferno.Apply(residuals.LogDepth, 0, MostLogDepth);
        yield return ColourMap.Inferno.Apply(residuals.FlowPixels, 0, MostFlowPixels);
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

    private static Raster<byte> Tinted(Raster<byte> picture, bool[] moving)
    {
        var tinted = picture.Clone();
        for (var p = 0; p < moving.Length; p++)
        {
            if (moving[p]) tinted.Samples[3 * p] = (byte)((tinted.Samples[3 * p] + 255) / 2);
        }

        return tinted;
    }

    private static Raster<byte> Mosaic(Raster<byte>[] tiles)
    {
        int width = tiles[0].Width, height = tiles[0].Height;
        var joined = new Raster<byte>(Columns * width, tiles.Length / Columns * height, 3);
        for (var t = 0; t < tiles.Length; t++)
        {
            var (left, top) = (t % Columns * width, t / Columns * height);
            for (var y = 0; y < height; y++) tiles[t].Row(y).CopyTo(joined.Row(top + y)[(3 * left)..]);
        }

        return joined;
    }
}
