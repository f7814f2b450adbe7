using Depth3D.Bench.LoopQuality;
using Depth3D.Imaging;
using Depth3D.Nodes.Preprocess;
using Depth3D.Nodes.Trainer;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Culling;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;
using Depth3D.Rendering.TruthScenes;

// A truth loop filmed by five cameras out of step, one of them held out: the recovered period, held-out PSNR and SSIM, seam against steps, temporal
// deviation, tiles kept, after stage 1 and after stage 2.
var name = args.Length > 0 ? args[0] : "flag";
var width = args.Length > 1 ? int.Parse(args[1]) : 320;
var cameras = args.Length > 2 ? args[2] : "colmap";
var loop = TruthLoop.Named(name, 30);
var folder = Directory.CreateTempSubdirectory("d3-loop-quality-").FullName;
var pictures = args.Length > 3 ? Directory.CreateDirectory(args[3]).FullName : null;
try
{
    var height = width * 9 / 16 / 2 * 2;
    await TruthLoopFolder.WriteAsync(folder, loop, width, height, 72);
    var chain = new StageChain(Path.Combine(folder, "out"), new DepthOptions
    {
        SourcePath = Path.Combine(folder, TruthLoopFolder.ClipsFolder),
        Frames = new FramesOptions { LongSidePixels = width },
        Cameras = new CamerasOptions { Method = cameras == "true" ? "file:" + Path.Combine(folder, TruthLoopFolder.CamerasFile) : cameras },
        Loop = new LoopOptions { Input = LoopInputs.Views, HeldOutView = TruthLoop.MiddleView },
    });
    Console.WriteLine($"{name}, {loop.Views} views of {width}x{height}, period {loop.PeriodFrames}, cameras: {cameras}");
    foreach (var stage in PreprocessRole.LoopStages.Concat(TrainerRole.LoopStages))
    {
        await chain.RunAsync(stage);
        if (stage.Name == LoopStages.Scene) Report(chain, "stage 1", LoopStages.Scene, LoopArtifacts.Scene);
        if (stage.Name == LoopStages.Train) Report(chain, "stage 2, in its package", LoopStages.Train, LoopArtifacts.Loop);
    }

    Console.WriteLine($"peak memory {Environment.WorkingSet / 1e6:0} MB now, {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB at most");
}
finally
{
    Directory.Delete(folder, recursive: true);
}

void Report(StageChain chain, string after, Depth3D.Messages.StageName stage, string file)
{
    var video = MtvFile.Load(chain.PathOf(stage, file));
    var placed = StageJson.Read<LoopCameras>(chain.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras));
    if (stage == LoopStages.Train)
    {
        video = video with { View = ViewBoxFinder.Find(video, video.View.Extent) };
        video = ViewBoxCulling.Cull(TileSplit.Fine(video), placed.Views, new LoopOptions { Input = LoopInputs.Views }.CullingBudget);
    }

    var kept = video.Tiles.StaticSlots + video.Tiles.DynamicSlots;
    Console.WriteLine($"{after}: period {video.Frames} of {loop.PeriodFrames}; tiles {video.Tiles.StaticSlots} still + {video.Tiles.DynamicSlots} moving of {video.Geometry.TileCount} ({(double)kept / video.Geometry.TileCount:p1}), numbers {(double)video.Parameters / video.DenseParameters:p1} of dense");
    foreach (var index in new[] { 0, TruthLoop.MiddleView })
    {
        var score = new TruthScore(loop, video, placed.Views.First(v => v.Index == index));
        var (all, still, moving) = (score.Quality(null), score.Quality(false), score.Quality(true));
        Console.WriteLine($"  view {index}{(index == placed.HeldOutView ? " (held out)" : "")}: PSNR {all.Psnr:0.00} dB (still {still.Psnr:0.00}, moving {moving.Psnr:0.00}), SSIM {all.Ssim:0.000}; "
            + $"seam {255 * score.Seam.Seam:0.00} against steps of {255 * score.Seam.Mean:0.00}, at most {255 * score.Seam.Largest:0.00}; deviation {score.DeviationRatio:0.00} of the truth's");
        if (pictures is null) continue;
        for (var t = 0; t < 4; t++)
        {
            var at = t * video.Frames / 4;
            ImageFile.WritePng(Path.Combine(pictures, $"{name}-{stage}-{index}-{t}-loop.png"), score.Shown(at));
            ImageFile.WritePng(Path.Combine(pictures, $"{name}-{stage}-{index}-{t}-truth.png"), score.Truth(at));
        }
    }
}
