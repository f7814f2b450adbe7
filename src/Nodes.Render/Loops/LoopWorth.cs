using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>Measures a finished loop: its size, its seam, and its likeness to the clips it was made from.</summary>
internal sealed class LoopWorth(StageContext context, MultiTileVideo video)
{
    private readonly LoopRenderer _renderer = new(video);

    public LoopQuality Measure(long packageBytes, CancellationToken cancellation)
    {
        var train = StageJson.Read<LoopTrainInfo>(context.Inputs.PathOf(LoopStages.Train, LoopArtifacts.TrainIndex));
        var seam = SeamCheck.Of(Enumerable.Range(0, video.Frames).Select(t =>
        {
            cancellation.ThrowIfCancellationRequested();
            return _renderer.RenderReference(t).ToRgb();
        }));
        return new LoopQuality
        {
            Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal),
            Missing = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["VLPIPS"] = "needs the AlexNet weights of LPIPS, which are not part of the program" },
            TilesStatic = video.Tiles.StaticSlots,
            TilesDynamic = video.Tiles.DynamicSlots,
            TilesTotal = video.Geometry.TileCount,
            Parameters = video.Parameters,
            DenseParameters = video.DenseParameters,
            PackageBytes = packageBytes,
            Seam = seam.Seam,
            MeanStep = seam.MeanStep,
            LargestStep = seam.LargestStep,
            DeviationRatio = train.DeviationRatios.Count > 0 ? train.DeviationRatios[^1] : 1,
        };
    }
}
