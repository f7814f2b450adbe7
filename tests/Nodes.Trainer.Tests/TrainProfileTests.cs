using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Bundle;

namespace Depth3D.Nodes.Trainer.Tests;

public sealed class TrainProfileTests
{
    [Theory]
    [InlineData("onnx:small", SmallParallax.Source, true)]
    [InlineData("torchscript:small", SmallParallax.Source, true)]
    [InlineData("onnx:small", "colmap", false)]
    [InlineData("dir:depth", SmallParallax.Source, false)]
    [InlineData("geometric", SmallParallax.Source, false)]
    public void FlowCountsMoreOnlyForModelsUnderSmallParallax(string prior, string source, bool more)
    {
        var cameras = new CameraTrack(Intrinsics.Centered(90, 90, 96, 64), [], CameraMotion.Parallax, source, "");
        var (usual, settings) = (TrainProfile.Settings(ChainRun.Options, 24, prior), TrainProfile.Settings(ChainRun.Options, 24, prior, cameras));
        Assert.Equal(more, settings.StaticSmoothness < usual.StaticSmoothness);
        Assert.Equal(more, settings.StaticDepthWeight < usual.StaticDepthWeight);
    }
}
