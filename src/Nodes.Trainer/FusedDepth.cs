using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>
/// Optimised depth at working size, fused over time in passes. Only the frames in reach are in memory; between passes they lie in the
/// scratch folder.
/// </summary>
internal sealed class FusedDepth(StageContext context, TrainClip clip, IReadOnlyList<FrameCorrection> corrections)
{
    private const int Passes = 3;

    /// <summary>Mask edges are softened by this much, working-size pixels, so that both corrections meet without a seam.</summary>
    private const double SeamPixels = 1;

    private readonly Dictionary<int, Raster<float>> _near = [];

    public void Write(Action<Raster<float>> written, CancellationToken cancellation)
    {
        var fusion = new TemporalFusion(clip.Clip, clip.Maps.Frames.Width, clip.Maps.Frames.Height);
        for (var pass = 0; pass < Passes; pass++)
        {
            _near.Clear();
            for (var f = 0; f < corrections.Count; f++)
            {
                cancellation.ThrowIfCancellationRequested();
                var fused = fusion.Frame(f, i => Load(i, pass), clip.Clip.DepthUnit);
                _near.Remove(f - TemporalFusion.Reach);
                var last = pass == Passes - 1;
                Npy.Write(last ? context.Output(Artifacts.Refined(f)) : Between(pass, f), fused);
                if (last) written(fused);
            }
        }
    }

    private Raster<float> Load(int frame, int pass)
    {
        if (_near.TryGetValue(frame, out var known)) return known;
        return _near[frame] = pass == 0 ? Corrected(frame) : Npy.Read(Between(pass - 1, frame)).ToRaster<float>();
    }

    private Raster<float> Corrected(int frame) => RefinedDepth.Apply(clip.Maps.Prior(frame),
        Filters.GaussianBlur(TrainingMaps.Share(clip.Maps.Mask(frame)), SeamPixels), corrections[frame], clip.Clip.Width, clip.Clip.Height);

    private string Between(int pass, int frame) => Path.Combine(context.ScratchFolder, $"pass{pass}-{Artifacts.Refined(frame)}");
}
