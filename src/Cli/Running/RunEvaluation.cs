using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Cli.Running;

/// <summary>Measures what a run left against a truth folder.</summary>
internal static class RunEvaluation
{
    public const string Prior = "prior";
    public const string Optimised = "optimised";

    /// <exception cref="Depth3DException">Either folder is incomplete, or they are not of the same clip.</exception>
    public static Evaluation Against(string runFolder, string truthFolder)
    {
        var truth = TruthFolder.Load(truthFolder);
        var evaluator = new DepthEvaluator(truth);
        var solved = Cameras(Prior, Path.Combine(runFolder, "cameras", Artifacts.Cameras), truth);
        var refined = Path.Combine(runFolder, "cameras", Artifacts.RefinedCameras);
        var used = File.Exists(refined) ? Cameras(Optimised, refined, truth) : solved with { What = Optimised };
        return new Evaluation(
            [
                .. evaluator.Evaluate(Prior, Maps(Path.Combine(runFolder, "prior"), "prior_", truth)).Select(r => EvaluationRow.From(r, solved.Errors)),
                .. evaluator.Evaluate(Optimised, Maps(Path.Combine(runFolder, "depth"), "depth_", truth)).Select(r => EvaluationRow.From(r, used.Errors)),
            ],
            [solved, used]);
    }

    private static CameraRow Cameras(string what, string path, TruthClip truth)
    {
        var track = CameraTrack.Load(path);
        if (track.Frames.Count != truth.FrameCount)
            throw new Depth3DException($"holds {track.Frames.Count} cameras, the truth has {truth.FrameCount} frames", path, "give the truth of the same clip");
        return new CameraRow(what, CameraError.Compare(track, truth.Cameras));
    }

    private static Func<int, Imaging.Raster<float>> Maps(string folder, string prefix, IDepthTruth truth)
    {
        var maps = DepthFolder.Open(folder, prefix);
        if (maps.Count != truth.FrameCount)
            throw new Depth3DException($"holds {maps.Count} depth maps, the truth has {truth.FrameCount} frames", folder, "give the truth of the same clip");
        return maps.Read;
    }
}
