using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>
/// Optimised depth at working size, fused over time in passes, three of which put outlines where colours have them. Only the frames in reach
/// are in memory; between passes they lie in the scratch folder.
/// </summary>
internal sealed class FusedDepth(StageContext context, TrainClip clip, IReadOnlyList<FrameCorrection> corrections)
{
    /// <summary>Mask edges are softened by this much, working-size pixels, so that both corrections meet without a seam.</summary>
    private const double SeamPixels = 1;

    private static readonly int Reach = Math.Max(TemporalFusion.Reach, SurfaceVote.Reach);

    private readonly Dictionary<int, Raster<float>> _near = [];
    private readonly Dictionary<int, Raster<byte>> _pictures = [];

    private delegate Raster<float> Pass(int frame, Func<int, Raster<float>> depth);

    public void Write(Action<Raster<float>> written, CancellationToken cancellation)
    {
        var passes = Passes();
        for (var pass = 0; pass < passes.Length; pass++)
        {
            _near.Clear();
            for (var f = 0; f < corrections.Count; f++)
            {
                cancellation.ThrowIfCancellationRequested();
                var fused = passes[pass](f, i => Load(i, pass));
                _near.Remove(f - Reach);
                _pictures.Remove(f - Reach);
                var last = pass == passes.Length - 1;
                Npy.Write(last ? context.Output(Artifacts.Refined(f)) : Between(pass, f), fused);
                if (last) written(fused);
            }
        }
    }

    /// <summary>Noise first, so that outlines are chosen on surfaces that are steady; last, what is left on the chosen surfaces.</summary>
    private Pass[] Passes()
    {
        int width = clip.Maps.Frames.Width, height = clip.Maps.Frames.Height;
        var (fusion, surfaces) = (new TemporalFusion(clip.Clip, width, height), new SurfaceVote(clip.Clip, width, height));
        Pass fuse = (f, depth) => fusion.Frame(f, depth, clip.Clip.DepthUnit), steady = (f, depth) => fusion.Frame(f, depth, clip.Clip.DepthUnit, keepSurfaces: true);
        Pass vote = (f, depth) => surfaces.Frame(f, depth, Picture, clip.Maps.Mask(f), clip.Clip.DepthUnit);
        return [fuse, vote, fuse, vote, fuse, vote, steady];
    }

    private Raster<float> Load(int frame, int pass)
    {
        if (_near.TryGetValue(frame, out var known)) return known;
        return _near[frame] = pass == 0 ? Corrected(frame) : Npy.Read(Between(pass - 1, frame)).ToRaster<float>();
    }

    private Raster<byte> Picture(int frame) =>
        _pictures.TryGetValue(frame, out var known) ? known : _pictures[frame] = clip.Maps.Picture(frame);

    private Raster<float> Corrected(int frame) => RefinedDepth.Apply(clip.Maps.Prior(frame),
        Filters.GaussianBlur(TrainingMaps.Share(clip.Maps.Mask(frame)), SeamPixels), corrections[frame], clip.Clip.Width, clip.Clip.Height);

    private string Between(int pass, int frame) => Path.Combine(context.ScratchFolder, $"pass{pass}-{Artifacts.Refined(frame)}");
}
