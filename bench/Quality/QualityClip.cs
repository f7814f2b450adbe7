using System.Diagnostics;
using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Bench.Quality;

/// <summary>A truth scene of some length: rendered once, its frames, flow, masks and cameras made once, then optimised per prior and seed.</summary>
internal sealed class QualityClip(string work, string sceneName, int frames, QualityOptions options)
{
    private const int Width = 640;
    private const int Height = 360;

    private readonly TruthScene _scene = TruthScene.Named(sceneName, frames);
    private readonly string _root = Path.Combine(work, $"{sceneName}-{frames}-{options.Masks}-{options.Cameras}");

    private string TruthPath => Path.Combine(work, $"{sceneName}-{frames}-truth");

    private StageFolder Shared => new(Path.Combine(_root, "shared"));

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(TruthPath, TruthFolder.InfoFile))) TruthFolder.Write(TruthPath, _scene, Width, Height, cancellation: cancellation);
        if (options.Cameras == "true" && !Shared.Has(Stages.Cameras))
        {
            File.Copy(Path.Combine(TruthPath, TruthFolder.CamerasFile), Path.Combine(Shared.Begin(Stages.Cameras), Artifacts.Cameras));
            Shared.End(Stages.Cameras);
        }

        await StageRunner.RunAsync(Shared, Options(null, 1), cancellation, Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras).ConfigureAwait(false);
    }

    /// <summary>How well masks and cameras are known, in words.</summary>
    public string Describe()
    {
        var truth = TruthFolder.Load(TruthPath);
        var overlap = MaskOverlap.PerFrame(Shared.Of(Stages.Masks), Path.Combine(TruthPath, TruthFolder.MasksFolder)).Average();
        var track = CameraTrack.Load(Shared.PathOf(Stages.Cameras, Artifacts.Cameras));
        var errors = track.Motion == CameraMotion.Parallax ? CameraError.Compare(track, truth.Cameras) : null;
        return FormattableString.Invariant($"{sceneName}, {frames} frames: mask IoU {overlap:0.000}, camera {track.Motion}")
            + (errors is null ? "" : FormattableString.Invariant($", position {errors.PositionShare:0.00%} of the path, rotation {errors.RotationMeanDegrees:0.000} degrees"));
    }

    public async Task<QualityResult> OptimiseAsync(QualityCase wanted, CancellationToken cancellation)
    {
        var settings = Options(wanted.Prior, wanted.Seed);
        var prior = new StageFolder(Path.Combine(_root, wanted.Prior == "noisy" ? $"noisy-{wanted.Seed}" : wanted.Prior), Shared);
        if (wanted.Prior == "noisy" && !prior.Has(Stages.Prior))
            NoisyPrior.Write(NoisyFolder(wanted.Seed), _scene, Width, Height, wanted.Seed);
        await StageRunner.RunAsync(prior, settings, cancellation, Stages.Prior, Stages.Sequence).ConfigureAwait(false);
        var run = new StageFolder(Path.Combine(prior.Path, $"seed-{wanted.Seed}"), prior);
        run.Begin(Stages.Train);
        var watch = Stopwatch.StartNew();
        await StageRunner.RunAsync(run, settings, cancellation, Stages.Train).ConfigureAwait(false);
        var seconds = watch.Elapsed.TotalSeconds;
        var evaluator = new DepthEvaluator(TruthFolder.Load(TruthPath));
        Func<int, Raster<float>> Maps(Depth3D.Messages.StageName stage, Func<int, string> name) => i => Npy.Read(run.PathOf(stage, name(i))).ToRaster<float>();
        return new QualityResult(wanted, seconds,
        [
            .. evaluator.Evaluate(QualityResult.Before, Maps(Stages.Prior, Artifacts.Prior), cancellation),
            .. evaluator.Evaluate(QualityResult.After, Maps(Stages.Train, Artifacts.Refined), cancellation),
        ]);
    }

    private string NoisyFolder(int seed) => Path.Combine(work, $"{sceneName}-{frames}-noisy-{seed}");

    private DepthOptions Options(string? prior, int seed) => new()
    {
        SourcePath = Path.Combine(TruthPath, TruthFolder.ImagesFolder),
        Seed = seed,
        Masks = new MasksOptions { Method = options.Masks == "true" ? "dir:" + Path.Combine(TruthPath, TruthFolder.MasksFolder) : options.Masks },
        Cameras = new CamerasOptions { Method = options.Cameras, FocalPixels = _scene.Intrinsics(Width, Height).Fx },
        Prior = new PriorOptions
        {
            Method = prior switch
            {
                "noisy" => "dir:" + NoisyFolder(seed),
                "mono" => "onnx:" + options.MonocularModel,
                _ => prior ?? "auto",
            },
        },
        Train = options.Train,
    };
}
