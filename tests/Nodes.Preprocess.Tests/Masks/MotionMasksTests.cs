using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Flow;
using Depth3D.Nodes.Preprocess.Masks;
using Depth3D.Nodes.Preprocess.Tests.Flow;
using Depth3D.Pipeline;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Preprocess.Tests.Masks;

public class MotionMasksTests
{
    [Fact]
    public async Task Motion_masks_are_left_at_working_size_with_their_rule_and_the_same_bytes_again()
    {
        using var clip = MovingTexture.Truth(10, TruthCameraMotion.RotationOnly);
        await clip.Execute(new FlowStage());
        await clip.Execute(new MasksStage());
        var info = StageJson.Read<MasksInfo>(clip.PathOf(Stages.Masks, Artifacts.MasksIndex));
        Assert.Equal("motion", info.Method);
        Assert.Contains("homography", info.Rule);
        Assert.Equal(10, info.MovingShare.Count);
        Assert.All(info.MovingShare, share => Assert.InRange(share, 0.02, 0.3));
        Assert.Empty(info.Warnings);
        Assert.Equal((256, 144), (clip.Mask(3).Width, clip.Mask(3).Height));
        Assert.All(clip.Mask(3).Samples, v => Assert.True(v is 0 or 255));

        var before = Enumerable.Range(0, 10).Select(i => File.ReadAllBytes(clip.PathOf(Stages.Masks, Artifacts.Mask(i)))).ToArray();
        await clip.Execute(new MasksStage());
        for (var i = 0; i < 10; i++) Assert.Equal(before[i], File.ReadAllBytes(clip.PathOf(Stages.Masks, Artifacts.Mask(i))));
    }

    [Fact]
    public async Task When_nothing_moves_by_itself_the_masks_are_empty_and_a_warning_says_so()
    {
        using var clip = MovingTexture.Clip(6);
        await clip.Execute(new FlowStage());
        await clip.Execute(new MasksStage());
        Assert.All(clip.Mask(3).Samples, v => Assert.Equal(0, v));
        var info = StageJson.Read<MasksInfo>(clip.PathOf(Stages.Masks, Artifacts.MasksIndex));
        Assert.Contains("less than 0.1 %", Assert.Single(info.Warnings));
    }

    [Fact]
    public async Task Method_none_marks_nothing_and_warns_of_nothing()
    {
        using var clip = MovingTexture.Clip(3);
        clip.Options = clip.Options with { Masks = new MasksOptions { Method = "none" } };
        await clip.Execute(new MasksStage());
        Assert.All(clip.Mask(2).Samples, v => Assert.Equal(0, v));
        Assert.Empty(StageJson.Read<MasksInfo>(clip.PathOf(Stages.Masks, Artifacts.MasksIndex)).Warnings);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(0.6, true)]
    public async Task Regions_outside_the_asked_rectangle_are_dropped_before_the_largest_is_chosen(double left, bool largest)
    {
        using var clip = MovingTexture.Truth(6, TruthCameraMotion.Static);
        await clip.Execute(new FlowStage());
        clip.Options = clip.Options with { Masks = new MasksOptions { Region = [left, 0, 0.4, 1], LargestOnly = largest } };
        await clip.Execute(new MasksStage());
        var mask = clip.Mask(2);
        Assert.Contains((byte)255, mask.Samples);
        for (var y = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++)
                if (Math.Abs((x / (double)mask.Width) - left - 0.2) > 0.4) Assert.Equal(0, mask[x, y]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("onnx:")]
    [InlineData("motion:fast")]
    public void Unknown_methods_are_refused_with_the_known_ones(string method)
    {
        using var clip = MovingTexture.Clip(2);
        clip.Options = clip.Options with { Masks = new MasksOptions { Method = method } };
        var e = Assert.Throws<Depth3DException>(() => new MasksStage().Plan(new StagePlanContext(clip.Options, clip)));
        Assert.Equal(FailureKind.Usage, e.Kind);
        Assert.Contains("motion, onnx:NAME, dir:PATH or none", e.Message);
    }
}
