using Depth3D.Pipeline;

namespace Depth3D.Bench.Quality;

/// <summary>
/// Real clips with a monocular prior. Their depth is not known; measured is what held-out pairs of frames say: how far from the flow the
/// depth predicts static pixels, and how much the depths of both frames disagree. A clip whose camera only turns has no flow error that depth could change.
/// </summary>
internal static class RealClips
{
    public const string Header = "clip         camera        | held-out flow error, px    | held-out |log z - log z'|   | flicker along the flow";

    public static async Task<string?> RowAsync(string work, string clips, string name, QualityOptions options, CancellationToken cancellation)
    {
        var images = Path.Combine(clips, name, "images");
        if (!Directory.Exists(images)) return null;
        var cameras = Path.Combine(clips, name, "transforms_train.json");
        var folder = new StageFolder(Path.Combine(work, $"{name}-real"));
        var run = new DepthOptions
        {
            SourcePath = images,
            Cameras = new CamerasOptions { Method = File.Exists(cameras) ? "file:" + cameras : "colmap" },
            Prior = new PriorOptions { Method = "onnx:" + options.MonocularModel },
            Train = options.Train,
        };
        await StageRunner.RunAsync(folder, run, cancellation,
            Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras, Stages.Prior, Stages.Sequence).ConfigureAwait(false);
        folder.Begin(Stages.Train);
        await StageRunner.RunAsync(folder, run, cancellation, Stages.Train).ConfigureAwait(false);
        var motion = CameraArtifacts.Read(folder, Stages.Sequence, Artifacts.ScaledCameras, StageJson.Read<FramesInfo>(folder.PathOf(Stages.Frames, Artifacts.FramesIndex)).Count).Motion;
        var train = StageJson.Read<TrainInfo>(folder.PathOf(Stages.Train, Artifacts.TrainIndex));
        var (before, after) = (train.HeldOut.Prior, train.HeldOut.Published);
        return FormattableString.Invariant(
            $"{name,-12} {motion,-13} | {before.FlowPixels:0.000} -> {after.FlowPixels:0.000} x{after.FlowPixels / before.FlowPixels:0.000} | {before.LogDepth:0.0000} -> {after.LogDepth:0.0000} x{after.LogDepth / before.LogDepth:0.000} | {train.FlickerBefore:0.0000} -> {train.FlickerAfter:0.0000} x{train.FlickerAfter / train.FlickerBefore:0.000}");
    }
}
