using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Cli.Running;

/// <summary>Measures what a run left against a truth folder.</summary>
internal static class RunEvaluation
{
    /// <exception cref="Depth3DException">Either folder is incomplete, or they are not of the same clip.</exception>
    public static Evaluation Against(string runFolder, string truthFolder)
    {
        var truth = TruthFolder.Load(truthFolder);
        var evaluator = new DepthEvaluator(truth);
        var track = CameraTrack.Load(Path.Combine(runFolder, "cameras", Artifacts.Cameras));
        return new Evaluation(
            [
                .. evaluator.Evaluate("prior", Maps(Path.Combine(runFolder, "prior"), "prior_", truth)),
                .. evaluator.Evaluate("optimised", Maps(Path.Combine(runFolder, "depth"), "depth_", truth)),
            ],
            track.Motion == CameraMotion.Parallax ? CameraError.Compare(track, truth.Cameras) : null);
    }

    private static Func<int, Imaging.Raster<float>> Maps(string folder, string prefix, IDepthTruth truth)
    {
        var maps = DepthFolder.Open(folder, prefix);
        if (maps.Count != truth.FrameCount)
            throw new Depth3DException($"holds {maps.Count} depth maps, the truth has {truth.FrameCount} frames", folder, "give the truth of the same clip");
        return maps.Read;
    }
}
