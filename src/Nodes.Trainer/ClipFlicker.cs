using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Nodes.Trainer;

/// <summary>Flicker of a clip's depth along the measured flow between neighbouring frames; needs no truth.</summary>
internal static class ClipFlicker
{
    /// <param name="depth">Depth z of a frame, any size with the clip's aspect; read twice per frame.</param>
    /// <returns>Mean |change of ln depth| at training size by region; NaN where no flow is valid.</returns>
    public static IReadOnlyDictionary<DepthRegion, double> Measure(TrainClip clip, Func<int, Raster<float>> depth) =>
        TemporalFlicker.Measure(clip.Clip.Frames, depth, f => ToNext(clip.Maps, f), f => Mask(clip, f));

    private static (Raster<float> Flow, Raster<byte> Valid) ToNext(ClipMaps maps, int frame)
    {
        int width = maps.Frames.TrainWidth, height = maps.Frames.TrainHeight;
        var (flow, valid) = (new Raster<float>(width, height, 2), new Raster<byte>(width, height));
        if (!maps.HasFlow(frame, frame + 1)) return (flow, valid);
        var next = maps.Flow(frame, frame + 1).Forward;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (!next.TryTarget(x, y, out var u, out var v)) continue;
                (flow[x, y, 0], flow[x, y, 1], valid[x, y]) = (u - x, v - y, 1);
            }
        }

        return (flow, valid);
    }

    private static Raster<byte> Mask(TrainClip clip, int frame) => new(clip.Clip.Width, clip.Clip.Height, 1,
        Array.ConvertAll(clip.Clip.Moving[frame], m => m ? (byte)255 : (byte)0));
}
