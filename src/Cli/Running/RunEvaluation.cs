using Depth3D.Messages;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Cli.Running;

/// <summary>Measures what a run left against a truth folder.</summary>
internal static class RunEvaluation
{
    /// <returns>Rows of the prior, then of the optimised depth.</returns>
    /// <exception cref="Depth3DException">Either folder is incomplete, or they are not of the same clip.</exception>
    public static IReadOnlyList<DepthMetricsRow> Against(string runFolder, string truthFolder)
    {
        var truth = TruthFolder.Load(truthFolder);
        var evaluator = new DepthEvaluator(truth);
        return
        [
            .. evaluator.Evaluate("prior", Maps(Path.Combine(runFolder, "prior"), "prior_", truth)),
            .. evaluator.Evaluate("optimised", Maps(Path.Combine(runFolder, "depth"), "depth_", truth)),
        ];
    }

    private static Func<int, Imaging.Raster<float>> Maps(string folder, string prefix, IDepthTruth truth)
    {
        var maps = DepthFolder.Open(folder, prefix);
        if (maps.Count != truth.FrameCount)
            throw new Depth3DException($"holds {maps.Count} depth maps, the truth has {truth.FrameCount} frames", folder, "give the truth of the same clip");
        return maps.Read;
    }
}
