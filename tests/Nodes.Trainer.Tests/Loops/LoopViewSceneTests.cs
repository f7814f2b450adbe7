using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Trainer.Tests.Loops;

/// <summary>Stage <c>loop-scene</c> of several views.</summary>
public sealed class LoopViewSceneTests
{
    [Fact]
    public async Task TheChainFindsPeriodAndSceneAndTheSameBytesWhateverItsChunks()
    {
        using var chained = new LoopViewFiles();
        var options = LoopViewFiles.Options;
        Assert.True(chained.Plan(options).Count >= 3);
        await chained.Run(options);
        using var whole = new LoopViewFiles();
        await whole.Run(options with { Train = options.Train with { ChunkSteps = 1000 } });
        Assert.Equal(File.ReadAllBytes(whole.PathOf(LoopStages.Scene, LoopArtifacts.Scene)), File.ReadAllBytes(chained.PathOf(LoopStages.Scene, LoopArtifacts.Scene)));

        var info = StageJson.Read<LoopSceneInfo>(chained.PathOf(LoopStages.Scene, LoopArtifacts.SceneIndex));
        Assert.InRange(info.Frames, LoopViewFiles.Period - 1, LoopViewFiles.Period + 1);
        Assert.InRange(info.LoopScore!.Value, 0, 1);
        var video = MtvFile.Load(chained.PathOf(LoopStages.Scene, LoopArtifacts.Scene));
        Assert.True(video.Tiles.DynamicSlots > 0 && video.Tiles.StaticSlots > 0);
        Assert.InRange(video.Tiles.DynamicSlots, 1, 0.4 * video.Geometry.TileCount);

        // What stands still is seen where it is.
        var view = StageJson.Read<LoopCameras>(chained.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras)).Views[0];
        var truth = TruthLoop.Named("flag", LoopViewFiles.Period, LoopViewFiles.Views).Render(0, 0, LoopViewFiles.Width, LoopViewFiles.Height);
        var mask = ImageFile.ReadGray(chained.PathOf(LoopStages.Views, LoopArtifacts.ViewLoopable(0)));
        var quality = new PictureQuality();
        quality.Add(new LoopRenderer(video).Render(view, 0).ToRgb(), truth.Rgb, Array.ConvertAll(mask.Samples, m => m == 0));
        Assert.True(quality.Psnr > 24, $"{quality.Psnr:0.0} dB");
    }

    [Fact]
    public async Task ClipsInWhichNothingMovesBecomeAStillScene()
    {
        var loop = TruthLoop.Named("flag", LoopViewFiles.Period, LoopViewFiles.Views);
        var stills = Enumerable.Range(0, LoopViewFiles.Views).Select(v => loop.Render(v, 0, LoopViewFiles.Width, LoopViewFiles.Height).Rgb).ToArray();
        using var files = new LoopViewFiles((view, _) => stills[view]);
        await files.Run(LoopViewFiles.Options with { Loop = LoopViewFiles.Options.Loop! with { SceneEpochs = 2 } });
        var info = StageJson.Read<LoopSceneInfo>(files.PathOf(LoopStages.Scene, LoopArtifacts.SceneIndex));
        Assert.Equal(1, info.Frames);
        Assert.Contains(info.Warnings, w => w.Contains("Nothing in the clips moves", StringComparison.Ordinal));
        Assert.Equal(0, MtvFile.Load(files.PathOf(LoopStages.Scene, LoopArtifacts.Scene)).Tiles.DynamicSlots);
    }

    [Fact]
    public async Task ClipsWithoutRepetitionAreRefusedWithTheScore()
    {
        // Patches whose grey wanders at random: they rise and fall, and nothing comes again.
        var random = new Random(5);
        var walks = Enumerable.Range(0, 24).Select(_ => Walk(random)).ToArray();
        using var files = new LoopViewFiles((_, t) =>
        {
            var frame = new Raster<byte>(LoopViewFiles.Width, LoopViewFiles.Height, 3);
            for (var i = 0; i < frame.PixelCount; i++)
            {
                var patch = (i % LoopViewFiles.Width / 16) + (i / LoopViewFiles.Width / 16 * 6);
                frame.Samples.AsSpan(3 * i, 3).Fill((byte)walks[patch][t]);
            }

            return frame;
        });
        var options = LoopViewFiles.Options;
        var refused = await Assert.ThrowsAsync<Depth3DException>(() => files.One(options, 0));
        Assert.Contains("do not repeat", refused.Message, StringComparison.Ordinal);
        Assert.Contains("scores", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Depth3DException>(() => files.One(options with { Loop = options.Loop! with { Frames = 40 } }, 0));
    }

    private static double[] Walk(Random random)
    {
        var values = new double[LoopViewFiles.Frames];
        values[0] = 60 + random.Next(130);
        for (var t = 1; t < values.Length; t++) values[t] = Math.Clamp(values[t - 1] + random.Next(-12, 13), 10, 245);
        return values;
    }
}
