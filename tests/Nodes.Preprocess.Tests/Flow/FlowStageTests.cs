using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Flow;
using Depth3D.Nodes.Preprocess.Tests.Models;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Flow;

namespace Depth3D.Nodes.Preprocess.Tests.Flow;

public class FlowStageTests
{
    [Fact]
    public async Task Every_pair_is_left_once_and_chunking_changes_no_byte()
    {
        using var whole = MovingTexture.Clip(12);
        using var cut = MovingTexture.Clip(12);
        cut.Options = cut.Options with { Frames = new FramesOptions { ChunkFrames = 4 } };
        await whole.Execute(new FlowStage());
        await cut.Execute(new FlowStage());
        Assert.Equal(3, new FlowStage().Plan(new StagePlanContext(cut.Options, cut)).Count);
        foreach (var gap in whole.Options.Flow.Gaps)
        {
            for (var i = 0; i < 12; i++)
            {
                var name = Artifacts.Flow(i, i + gap);
                Assert.Equal(i + gap < 12, whole.Exists(Stages.Flow, name));
                if (i + gap >= 12) continue;
                Assert.Equal(File.ReadAllBytes(whole.PathOf(Stages.Flow, name)), File.ReadAllBytes(cut.PathOf(Stages.Flow, name)));
            }
        }
    }

    [Fact]
    public async Task Flow_is_in_training_pixels_and_arrays_have_the_names_of_the_contract()
    {
        using var clip = MovingTexture.Clip(6, stepPixels: 4);
        await clip.Execute(new FlowStage());
        var path = clip.PathOf(Stages.Flow, Artifacts.Flow(1, 3));
        var arrays = Npz.Read(path);
        Assert.Equal([clip.Frames.TrainHeight, clip.Frames.TrainWidth, 2], arrays["flow_1_2"].Shape);
        Assert.Equal([clip.Frames.TrainHeight, clip.Frames.TrainWidth], arrays["valid_1"].Shape);
        var pair = FlowFile.Read(path);
        var (x, y) = (clip.Frames.TrainWidth / 2, clip.Frames.TrainHeight / 2);
        Assert.Equal(-4, pair.Forward[x, y, 0], 0.3f); // 8 working pixels over two frames, at half size
        Assert.Equal(4, pair.Backward[x, y, 0], 0.3f);
        Assert.Equal(1, pair.ForwardValid[x, y]);
    }

    [Theory]
    [InlineData("raft", new[] { 1 })]
    [InlineData("dis", new int[0])]
    [InlineData("dis", new[] { 0 })]
    public void Unknown_methods_and_gaps_are_refused(string method, int[] gaps)
    {
        using var clip = MovingTexture.Clip(2);
        clip.Options = clip.Options with { Flow = new FlowOptions { Method = method, Gaps = gaps } };
        var e = Assert.Throws<Depth3DException>(() => new FlowStage().Plan(new StagePlanContext(clip.Options, clip)));
        Assert.Equal(FailureKind.Usage, e.Kind);
    }
}
